//! Who is signed in: the cookie, the principal behind it, signing in and out.

#[cfg(feature = "ssr")]
mod cookie;
mod functions;
#[cfg(feature = "ssr")]
mod principal;

#[cfg(feature = "ssr")]
pub use cookie::{ClientAddress, CookiePolicy, cookie_value, session_token};
pub use functions::{SignIn, SignOut, current_account, sign_in, sign_out};
#[cfg(feature = "ssr")]
pub use principal::{engine, principal};
