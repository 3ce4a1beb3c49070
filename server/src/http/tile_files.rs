//! `GET /api/v1/boards/{id}/tiles/{tile}/file?form=png`: a tile of a published board as a file, with the numbers that whoever
//! asks may see, read as the rest of the query says (the same as in the address of the board's page).

use super::{
    endpoints::Endpoint,
    problem::Refusal,
    state::AppState,
    who::{self, Caller},
};
use crate::export;
use axum::{
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderValue, Method, header},
    response::{IntoResponse, Response},
    routing::get,
};
use components::{
    chart::{Reading as ChartReading, Size},
    export::{Sheet, Theme, csv_file},
    tile::Names,
};
use model::{
    appearance::{BaseTheme, HouseStyle, Paint, Palette, ThemeChoice},
    board::{BoardId, BoardView, Reading, Tile, TileAnswer, TileId},
    formatting::Locale,
    frame::Frame,
    problem::{Problem, ProblemCode},
};

/// What a picture is as wide and high as, unless somebody wishes otherwise: a slide's half.
const USUAL: Size = Size { w: 960.0, h: 540.0 };
/// How many pixels of a PNG make one of the sheet.
const SCALE: f32 = 2.0;

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![Endpoint::new(Method::GET, "/api/v1/boards/{id}/tiles/{tile}/file", get(file))]
}

/// What kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Svg,
    Png,
    Csv,
}

impl Form {
    const ALL: [(&str, Self); 3] = [("svg", Self::Svg), ("png", Self::Png), ("csv", Self::Csv)];

    const fn content_type(self) -> &'static str {
        match self {
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }

    fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(_, form)| *form == self).map_or("", |(name, _)| name)
    }
}

/// How the file is wished.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Wish {
    form: Form,
    /// `None`: as the board is painted.
    theme: Option<ThemeChoice>,
    locale: Locale,
    size: Size,
}

/// What a file is painted in.
#[derive(Debug)]
enum Painted {
    Shipped(BaseTheme),
    Own(Palette),
}

impl Wish {
    fn read(pairs: &[(String, String)]) -> Result<Self, Problem> {
        let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let wrong = |field: &str, expected: &str| {
            let detail = format!("“{field}” can't be read: expected {expected}");
            Problem::new(ProblemCode::MalformedRequest, detail).with("field", field)
        };
        let form = value("form").unwrap_or("png");
        let form = Form::ALL.into_iter().find(|(name, _)| *name == form).map(|(_, form)| form);
        let theme = value("theme").map(str::parse::<ThemeChoice>).transpose();
        let locale = match value("lang") {
            None | Some("zh-CN") => Some(Locale::ZhCn),
            Some("en") => Some(Locale::En),
            Some(_) => None,
        };
        let length = |name: &str, usual: f64| match value(name) {
            None => Ok(usual),
            Some(text) => text.parse::<u16>().map(f64::from).map_err(|_| wrong(name, "a number of pixels")),
        };
        Ok(Self {
            form: form.ok_or_else(|| wrong("form", "svg, png or csv"))?,
            theme: theme.map_err(|_| wrong("theme", "light, dark, wall, or the id of an own theme"))?,
            locale: locale.ok_or_else(|| wrong("lang", "zh-CN or en"))?,
            size: Size { w: length("w", USUAL.w)?, h: length("h", USUAL.h)? },
        })
    }
}

async fn file(
    State(state): State<AppState>,
    Path((board, tile)): Path<(String, String)>,
    asked: Result<Query<Vec<(String, String)>>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let (Caller::Program(who) | Caller::Person(who)) = who::caller(&state, &headers).await?;
    let Query(pairs) = asked.map_err(|_| {
        Problem::new(ProblemCode::MalformedRequest, "the query is not percent-encoded text").with("field", "query")
    })?;
    let wish = Wish::read(&pairs)?;
    let board: BoardId = board.parse().map_err(|_| no_such_board())?;
    let tile: TileId = tile.parse().map_err(|_| no_such_tile())?;
    let reading = Reading::from_pairs(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())));
    let view = state.engine.live.open_board(&who, board, reading.clone()).await?;
    let catalogue = state.engine.metrics.catalogue(&who);
    let reading = view.board.accepted(reading);
    let read = view.board.read_with(&reading, &catalogue);
    let tile = read.tile(tile).cloned().ok_or_else(no_such_tile)?;
    let frame = frame_of(&view, &tile)?.clone();
    let appearance = &who.account().appearance;
    let paint = match wish.theme {
        Some(ThemeChoice::Shipped(base)) => Paint::Shipped(base),
        Some(ThemeChoice::Own(id)) => Paint::Own { id, version: 0 },
        // For paper and slides, where nothing is chosen.
        None => appearance.paint(view.board.theme()).unwrap_or(Paint::Shipped(BaseTheme::Light)),
    };
    let painted = match paint {
        Paint::Shipped(base) => Painted::Shipped(base),
        Paint::Own { id, .. } => {
            let theme = state.engine.appearances.theme(&who, id).await?.theme;
            Painted::Own(theme.palette(Palette::of(theme.base)))
        }
    };
    let house = appearance.house.clone();
    let names = Names::from_catalogue(&catalogue);
    let calendar = view.calendar;
    let name = tile.id.to_string();
    // Drawing takes tens of milliseconds of a core.
    let drawn = tokio::task::spawn_blocking(move || {
        let HouseStyle { rising, map_approval } = &house;
        let map_approval = map_approval.as_ref();
        let reading = ChartReading { names: &names, locale: wish.locale, calendar, map_approval };
        let theme = match &painted {
            Painted::Shipped(base) => Theme::Shipped(*base),
            Painted::Own(palette) => Theme::Own(palette),
        };
        draw(&tile, &frame, reading, wish, theme, rising.is_red())
    });
    let bytes = drawn.await.map_err(|_| Problem::new(ProblemCode::Internal, "the file could not be drawn"))??;
    let disposition = format!("attachment; filename=\"{name}.{}\"", wish.form.name());
    let disposition = HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(wish.form.content_type())),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, bytes).into_response())
}

/// The numbers of a tile, as the board has them.
fn frame_of<'a>(view: &'a BoardView, tile: &Tile) -> Result<&'a Frame, Problem> {
    let answer = view.frames.iter().find(|frame| frame.tile == tile.id).map(|frame| &frame.answer);
    match answer {
        Some(TileAnswer::Frame(frame)) => Ok(frame),
        Some(TileAnswer::Problem(problem)) => Err(problem.clone()),
        None => {
            Err(Problem::new(ProblemCode::InvalidOperation, "this tile draws no numbers: there is nothing to export"))
        }
    }
}

fn draw(
    tile: &Tile,
    frame: &Frame,
    reading: ChartReading,
    wish: Wish,
    theme: Theme,
    rise_is_red: bool,
) -> Result<Vec<u8>, Problem> {
    if wish.form == Form::Csv {
        return Ok(csv_file(frame, reading).into_bytes());
    }
    let metric = tile.content.first_metric().map(|metric| reading.names.column(&metric.column_name(), wish.locale));
    let sheet = Sheet {
        tile,
        frame,
        reading,
        rise_is_red,
        title_fallback: metric.as_deref().unwrap_or_default(),
        subtitle: "",
        theme,
        size: wish.size,
    };
    let refused = |detail: String| Problem::new(ProblemCode::InvalidOperation, detail);
    let svg = sheet.svg().map_err(|error| refused(error.to_string()))?;
    match wish.form {
        Form::Svg | Form::Csv => Ok(svg.into_bytes()),
        Form::Png => export::png(&svg, SCALE).map_err(|error| refused(error.to_string())),
    }
}

/// The same words for what is not there and for what is none of theirs.
fn no_such_board() -> Problem {
    Problem::new(ProblemCode::BoardNotFound, "there is no such board; it may have been deleted")
}

fn no_such_tile() -> Problem {
    Problem::new(ProblemCode::NotFound, "there is no such tile on the board")
}
