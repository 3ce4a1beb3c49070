//! Kinds of components by the shape of data they draw, each shape a type of its own: a tile that holds such a kind can't
//! hold a binding of another shape.

use super::ComponentKind;

/// Makes a type for each shape, and tells each component's.
macro_rules! shapes {
    ($($(#[$doc:meta])* $shape:ident($name:ident): $($kind:ident),+;)+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
            pub enum $name {
                $($kind,)+
            }

            impl $name {
                pub const ALL: &[Self] = &[$(Self::$kind),+];

                pub const fn kind(self) -> ComponentKind {
                    match self {
                        $(Self::$kind => ComponentKind::$kind,)+
                    }
                }
            }
        )+

        /// A kind of component, under the shape it draws.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ByShape {
            $($shape($name),)+
        }

        impl ComponentKind {
            /// Under which shape it stands.
            pub const fn by_shape(self) -> ByShape {
                match self {
                    $($(Self::$kind => ByShape::$shape($name::$kind),)+)+
                }
            }
        }
    };
}

shapes! {
    /// Components that draw one number.
    Scalar(ScalarKind): Kpi, FlipCounter, Gauge, Bullet;
    /// Components that draw numbers along time.
    Series(SeriesKind): Line, Area, MinuteCurve, CalendarHeat, WeekHeat, RankRace;
    /// Components that draw numbers by the values of one dimension.
    Category(CategoryKind): Bar, RankList, Waterfall, Ticker, Pie, Rose, Treemap, Funnel, WordCloud, PageHeat;
    /// Components that draw numbers by two things.
    Matrix(MatrixKind): Columns, Sunburst, Heatmap, Sankey, Retention, Radar, Pivot;
    /// Components that draw two metrics along time.
    Pair(PairKind): Combo;
    /// Components that draw two or three metrics of each value of a dimension.
    Points(PointsKind): Scatter;
    /// Components that draw how values are spread.
    Spread(SpreadKind): Histogram, BoxPlot;
    /// Components that draw several metrics by several dimensions.
    Table(TableKind): Table;
    /// Components that draw numbers by province.
    Geo(GeoKind): ProvinceMap, BoundaryMap, FlowMap;
    /// Components that draw single play sessions.
    Sessions(SessionsKind): SessionTimeline;
    /// Components that draw no numbers.
    Still(StillKind): Text, Image, Video, QrCode, Clock, Frame, Filter;
    /// Components that other tiles stand in.
    Container(ContainerKind): Tabs, Carousel;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_stands_under_one_shape_and_once_in_the_list() {
        let all = ComponentKind::ALL;
        let of_shapes = ScalarKind::ALL.len()
            + SeriesKind::ALL.len()
            + CategoryKind::ALL.len()
            + MatrixKind::ALL.len()
            + PairKind::ALL.len()
            + PointsKind::ALL.len()
            + SpreadKind::ALL.len()
            + TableKind::ALL.len()
            + GeoKind::ALL.len()
            + SessionsKind::ALL.len()
            + StillKind::ALL.len()
            + ContainerKind::ALL.len();
        assert_eq!(all.len(), of_shapes);
        let mut names: Vec<&str> = all.iter().map(|kind| kind.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), of_shapes);
    }

    #[test]
    fn a_name_in_files_is_that_of_the_kind() {
        for kind in ComponentKind::ALL {
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{}\"", kind.name()));
        }
    }
}
