//! What a command prints when it is done. Secrets stand alone on standard output, so that scripts can take them.

use crate::{
    control::{Outcome, UserLine},
    stop::Stop,
};

pub(super) fn print(outcome: Outcome) -> Result<(), Stop> {
    match outcome {
        Outcome::UserAdded { password } => {
            eprintln!("added; the password, shown only now:");
            println!("{password}");
        }
        Outcome::Granted => println!("granted"),
        Outcome::MayDefineMetrics { may: true } => println!("may define metrics"),
        Outcome::MayDefineMetrics { may: false } => println!("may define metrics no longer"),
        Outcome::Users { users } => {
            for user in &users {
                println!("{}", line_of(user));
            }
        }
        Outcome::SourceCreated { write_key } => {
            eprintln!("made; the write key, shown only now:");
            println!("{write_key}");
        }
        Outcome::TokenCreated { token } => {
            eprintln!("made; the token, shown only now:");
            println!("{token}");
        }
        Outcome::ProgrammesImported { told } | Outcome::EventsImported { told } | Outcome::Healthy { told } => {
            for line in told {
                println!("{line}");
            }
        }
        Outcome::DaysDropped { told, dropped } => {
            for line in told {
                println!("{line}");
            }
            if !dropped {
                let what = "nothing was dropped: say --yes to drop them";
                return Err(Stop::Input { what: what.to_owned() });
            }
        }
        // What its own commands print.
        Outcome::Board { .. } => {}
        Outcome::Refused { problem } => return Err(Stop::Refused(problem)),
    }
    Ok(())
}

/// `anna@example.cn  editor  Anna  audience: ZJ, GD; orders: ZJ`
fn line_of(user: &UserLine) -> String {
    let scope: Vec<String> = user
        .scope
        .regions
        .iter()
        .map(|(domain, regions)| {
            let regions: Vec<&str> = regions.iter().map(|region| region.code()).collect();
            format!("{domain}: {}", regions.join(", "))
        })
        .collect();
    let scope = if scope.is_empty() { "sees no data".to_owned() } else { scope.join("; ") };
    format!("{}  {}  {}  {scope}", user.email, user.role.name(), user.name)
}
