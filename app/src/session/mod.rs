//! Who is signed in: the cookie, the principal behind it, signing in and out.

#[cfg(feature = "ssr")]
mod cookie;
mod functions;
mod own_account;
#[cfg(feature = "ssr")]
mod principal;

#[cfg(feature = "ssr")]
pub use cookie::{ClientAddress, CookiePolicy, cookie_value, session_token};
pub use functions::{
    AcceptInvitation, SignIn, SignOut, accept_invitation, current_account, open_invitation, sign_in, sign_out,
};
pub use own_account::{change_own_password, end_own_session, list_own_sessions};
#[cfg(feature = "ssr")]
pub use principal::{engine, principal};
