//! The JSON Schema of a board file and of what the API takes and gives, for editors of text that complete and check while somebody types.
//!
//! It is derived from the types; what they write in a form of their own is described here. It knows what can be told
//! without the catalogue and without comparing tiles: `lingdong board lint` tells the rest.

use crate::{
    board::{
        BoardFile, BoardId, CategoryBinding, CategoryKind, ComponentKind, FilterDisplay, FilterSubject, FrameStyle,
        GeoBinding, GeoKind, GroupId, Look, MAX_TEXT_BYTES, MAX_TITLE_CHARS, MatrixBinding, MatrixKind, Pace, Pages,
        PairBinding, PairKind, PointsBinding, PointsKind, ScalarBinding, ScalarKind, SeriesBinding, SeriesKind,
        SessionsBinding, SessionsKind, SpreadBinding, SpreadKind, TableBinding, TableKind, TileContent, TileId, Title,
        WebAddress,
    },
    geo::{Province, Region},
    layout::{COLUMNS, GridRect, LEAST_WALL_PX, MAX_HEIGHT, MAX_ROWS, MOST_WALL_PX, WallSize},
    metric::{
        Calculation, DimensionId, Filter, GroupBy, MeasureId, MetricId, MetricRef, Order, ProfileId, SessionCount,
        Stat, own::OwnMetricId,
    },
    time::{CalendarWord, Grain, Span, TimeRange, Timestamp},
};
use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings, json_schema};
use std::borrow::Cow;

/// The schema of a [`BoardFile`], as pretty JSON that ends with a line break.
pub fn board_file() -> String {
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<BoardFile>();
    schema.insert("title".to_owned(), "A board of Lingdong".into());
    // Nothing in it can fail to be written.
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

/// How a type that is written in a form of its own is written.
macro_rules! written_as {
    ($($name:ident: |$generator:ident| $schema:tt),* $(,)?) => {$(
        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema($generator: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    )*};
}

/// As `metric::id` checks it.
const ID: &str = "^[a-z][a-z0-9_.]{0,63}$";

written_as! {
    BoardId: |_generator| {"type": "string", "format": "uuid", "description": "As `lingdong board list` prints it."},
    TileId: |_generator| {"type": "string", "format": "uuid", "description": "Made by whoever makes the tile; it stays."},
    GroupId: |_generator| {"type": "string", "format": "uuid", "description": "Alike for the tiles of one group."},
    Title: |_generator| {"type": "string", "maxLength": MAX_TITLE_CHARS, "description": "One line."},
    MetricId: |_generator| {"type": "string", "pattern": ID, "description": "A metric's name, such as `tv.rating_pct`."},
    DimensionId: |_generator| {"type": "string", "pattern": ID, "description": "A dimension's name, such as `province`."},
    MeasureId: |_generator| {"type": "string", "pattern": ID, "description": "A measure that own metrics may be made of."},
    OwnMetricId: |_generator| {"type": "string", "pattern": "^own\\.", "description": "`own.` and a name."},
    ProfileId: |_generator| {"type": "string", "pattern": ID, "description": "The house a metric is defined by."},
    FilterSubject: |_generator| {"type": "string", "pattern": ID, "description": "`time`, `compare`, or a dimension's name."},
    Stat: |_generator| {"type": "string", "pattern": "^(mean|p[1-9][0-9]?)$", "description": "`mean`, or `p1` to `p99`."},
    Calculation: |_generator| {
        "type": "string",
        "pattern": "^(share|tgi|rank|rank_change|cumulative|mean([2-9]|[1-8][0-9]|90)|ci95|anomaly)$",
        "description": "What is shown instead of the numbers: `share`, `tgi`, `rank`, `rank_change`, `cumulative`, `mean2` to `mean90`, `ci95` or `anomaly`.",
    },
    MetricRef: |generator| {
        "description": "A metric, or which statistic of it, by whose definition, and what is worked out from it.",
        "anyOf": [generator.subschema_for::<MetricId>(), {
            "type": "object",
            "properties": {
                "id": generator.subschema_for::<MetricId>(),
                "stat": generator.subschema_for::<Option<Stat>>(),
                "profile": generator.subschema_for::<Option<ProfileId>>(),
                "calculation": generator.subschema_for::<Option<Calculation>>(),
            },
            "required": ["id"],
            "additionalProperties": false,
        }],
    },
    Filter: |generator| {
        "description": "Which values of a dimension count; null stands for unknown.",
        "type": "object",
        "properties": {
            "dim": generator.subschema_for::<DimensionId>(),
            "in": generator.subschema_for::<Vec<Option<String>>>(),
            "not_in": generator.subschema_for::<Vec<Option<String>>>(),
        },
        "required": ["dim"],
        "oneOf": [{"required": ["in"]}, {"required": ["not_in"]}],
        "additionalProperties": false,
    },
    GroupBy: |generator| {
        "description": "A dimension, or time by a step.",
        "anyOf": [generator.subschema_for::<DimensionId>(), {
            "type": "object",
            "properties": {"time": generator.subschema_for::<Grain>()},
            "required": ["time"],
            "additionalProperties": false,
        }],
    },
    Order: |generator| {
        "description": "What rows are sorted by: a metric, a dimension or time.",
        "type": "object",
        "properties": {
            "metric": generator.subschema_for::<MetricRef>(),
            "dim": generator.subschema_for::<DimensionId>(),
            "time": {"const": true},
            "desc": {"type": "boolean"},
        },
        "oneOf": [{"required": ["metric"]}, {"required": ["dim"]}, {"required": ["time"]}],
        "additionalProperties": false,
    },
    Province: |_generator| {
        "type": "string",
        "pattern": "^[A-Z]{2}$",
        "description": "The letters of a province, such as `ZJ`.",
    },
    Region: |_generator| {
        "type": "string",
        "pattern": "^([A-Z]{2}|unknown)$",
        "description": "The letters of a province, or `unknown`.",
    },
    Span: |_generator| {"type": "string", "pattern": "^[0-9]+[mhdw]$", "description": "Such as `24h` or `7d`."},
    Timestamp: |_generator| {
        "description": "RFC 3339, or milliseconds since 1970.",
        "anyOf": [{"type": "string", "format": "date-time"}, {"type": "integer"}],
    },
    TimeRange: |generator| {
        "description": "Sliding, fixed, or named by the calendar.",
        "anyOf": [
            {
                "type": "object",
                "properties": {"last": generator.subschema_for::<Span>()},
                "required": ["last"],
                "additionalProperties": false,
            },
            {
                "type": "object",
                "properties": {
                    "from": generator.subschema_for::<Timestamp>(),
                    "to": generator.subschema_for::<Timestamp>(),
                },
                "required": ["from", "to"],
                "additionalProperties": false,
            },
            generator.subschema_for::<CalendarWord>(),
        ],
    },
    GridRect: |_generator| {
        "description": "A place in the grid, in columns and rows from its top left corner.",
        "type": "object",
        "properties": {
            "x": {"type": "integer", "minimum": 0, "maximum": COLUMNS - 1},
            "y": {"type": "integer", "minimum": 0, "maximum": MAX_ROWS},
            "w": {"type": "integer", "minimum": 1, "maximum": COLUMNS},
            "h": {"type": "integer", "minimum": 1, "maximum": MAX_HEIGHT},
        },
        "required": ["x", "y", "w", "h"],
        "additionalProperties": false,
    },
    SessionCount: |_generator| {
        "description": "How many play sessions are shown.",
        "type": "integer",
        "minimum": 1,
        "maximum": SessionCount::MOST,
        "default": SessionCount::USUAL.get(),
    },
    WallSize: |_generator| {
        "description": "How many pixels a wall has.",
        "type": "object",
        "properties": {
            "w": {"type": "integer", "minimum": LEAST_WALL_PX, "maximum": MOST_WALL_PX},
            "h": {"type": "integer", "minimum": LEAST_WALL_PX, "maximum": MOST_WALL_PX},
        },
        "required": ["w", "h"],
        "additionalProperties": false,
    },
}

/// Components of one shape: their names, and the form of their binding.
fn bound_schema(
    generator: &mut SchemaGenerator,
    kinds: impl Iterator<Item = ComponentKind>,
    binding: Schema,
) -> Schema {
    let names: Vec<&str> = kinds.map(ComponentKind::name).collect();
    json_schema!({
        "type": "object",
        "properties": {
            "component": {"enum": names},
            "binding": {"anyOf": [binding, {"type": "null"}]},
            "look": generator.subschema_for::<Look>(),
        },
        "required": ["component"],
        "additionalProperties": false,
    })
}

impl JsonSchema for TileContent {
    fn schema_name() -> Cow<'static, str> {
        "TileContent".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        /// Pairs each shape with the type of its binding.
        macro_rules! bound {
            ($($kind:ident: $binding:ident),+) => {
                vec![$({
                    let binding = generator.subschema_for::<$binding>();
                    bound_schema(generator, $kind::ALL.iter().map(|kind| kind.kind()), binding)
                }),+]
            };
        }
        let mut forms = bound! {
            ScalarKind: ScalarBinding,
            SeriesKind: SeriesBinding,
            CategoryKind: CategoryBinding,
            MatrixKind: MatrixBinding,
            PairKind: PairBinding,
            PointsKind: PointsBinding,
            SpreadKind: SpreadBinding,
            TableKind: TableBinding,
            GeoKind: GeoBinding,
            SessionsKind: SessionsBinding
        };
        let still = |names: &[&str], properties: Vec<(&str, Schema)>| {
            let mut all = serde_json::Map::new();
            all.insert("component".to_owned(), serde_json::json!({"enum": names}));
            all.extend(properties.into_iter().map(|(name, schema)| (name.to_owned(), schema.to_value())));
            json_schema!({
                "type": "object", "properties": all, "required": ["component"], "additionalProperties": false,
            })
        };
        let text = json_schema!({"type": "string", "maxLength": MAX_TEXT_BYTES});
        forms.push(still(&["text", "qr_code"], vec![("text", text)]));
        let (address, description) =
            (generator.subschema_for::<Option<WebAddress>>(), generator.subschema_for::<Title>());
        forms.push(still(&["image", "video"], vec![("address", address), ("description", description)]));
        forms.push(still(&["clock"], Vec::new()));
        let style = generator.subschema_for::<FrameStyle>();
        forms.push(still(&["frame"], vec![("style", style)]));
        let (about, display) =
            (generator.subschema_for::<Option<FilterSubject>>(), generator.subschema_for::<FilterDisplay>());
        forms.push(still(&["filter"], vec![("about", about), ("display", display)]));
        let pages = generator.subschema_for::<Pages>();
        forms.push(still(&["tabs"], vec![("pages", pages.clone())]));
        let seconds = generator.subschema_for::<Pace>();
        forms.push(still(&["carousel"], vec![("pages", pages), ("seconds", seconds)]));
        json_schema!({"description": "A component, what it is bound to, and how it looks.", "oneOf": forms})
    }
}
