//! Boards as files, on the command line.

use super::{PublicUrl, StoreOptions};
use clap::{Args, Subcommand, ValueEnum};
use model::board::BoardId;
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub enum BoardCommand {
    /// Every board: id, title, published version, who edited it last.
    List {
        #[command(flatten)]
        as_user: AsUser,
        #[command(flatten)]
        stores: StoreOptions,
    },
    /// Write a board to a file.
    Export {
        /// As `lingdong board list` prints it.
        id: BoardId,
        /// The file, or `-` for standard output.
        #[arg(default_value = "-")]
        file: PathBuf,
        /// What leaders see, instead of the draft.
        #[arg(long)]
        published: bool,
        #[command(flatten)]
        as_user: AsUser,
        #[command(flatten)]
        stores: StoreOptions,
    },
    /// Look for mistakes in the file of a board; needs no server. Ends with 1 where there are any.
    Lint {
        /// The file, or `-` for standard input.
        file: PathBuf,
        #[arg(long, value_enum, default_value_t = LintFormat::Text)]
        format: LintFormat,
    },
    /// Tell what applying a file would change. Ends with 0 where that is nothing, and with 1 where it is something.
    Diff {
        /// The file, or `-` for standard input.
        file: PathBuf,
        /// Compare with the draft, or with what leaders see.
        #[arg(long, value_enum, default_value_t = Against::Draft)]
        against: Against,
        #[command(flatten)]
        as_user: AsUser,
        #[command(flatten)]
        stores: StoreOptions,
    },
    /// Make a board what its file says, as one edit; a board that is not there is made. Twice is once.
    Apply(ApplyOptions),
    /// Print the JSON Schema of a board's file, for editors of text.
    Schema,
}

#[derive(Debug, Args)]
pub struct ApplyOptions {
    /// The file, or `-` for standard input.
    pub file: PathBuf,
    /// Publish the board then.
    #[arg(long)]
    pub publish: bool,
    /// Only tell what would change.
    #[arg(long)]
    pub dry_run: bool,
    /// The address people type, to print the board's with.
    #[arg(long, env = "LINGDONG_PUBLIC_URL")]
    pub public_url: Option<PublicUrl>,
    #[command(flatten)]
    pub as_user: AsUser,
    #[command(flatten)]
    pub stores: StoreOptions,
}

/// Whose rights a command acts with.
#[derive(Debug, Clone, Args)]
pub struct AsUser {
    /// By whose rights, and in whose name; without one the administrator's, where there is exactly one.
    #[arg(long = "user", env = "LINGDONG_USER", value_name = "EMAIL")]
    pub email: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LintFormat {
    /// One finding a line, as compilers write them.
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Against {
    Draft,
    Published,
}
