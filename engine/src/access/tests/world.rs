//! A database of its own, a clock that stands still, and people on it.

use crate::{
    access::{Access, NewGrant, NewUser, Principal, SessionToken},
    clock::SetClock,
    postgres::{Databases, Notice},
};
use model::{access::Role, geo::Region, metric::Domain, time::Timestamp};
use sqlx::PgPool;
use std::{future::Future, net::IpAddr, sync::Arc, time::Duration};

pub(crate) const START: Timestamp = Timestamp::from_millis(1_767_225_600_000);
pub(crate) const PASSWORD: &str = "correct horse battery";
pub(crate) const CLIENT: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(203, 0, 113, 7));

pub(crate) struct World {
    /// The owner's connections: somebody in psql, past all of our code.
    pub(crate) owner: PgPool,
    pub(crate) databases: Databases,
    pub(crate) clock: Arc<SetClock>,
    pub(crate) access: Access,
}

impl World {
    pub(crate) async fn of(owner: PgPool) -> Self {
        let databases = Databases::of_migrated(owner.connect_options().as_ref().clone());
        let (listening, mut notices) = databases.notices().subscribe();
        if !listening {
            let first = within_reason(notices.recv()).await.unwrap();
            assert_eq!(first, Notice::Listening);
        }
        let clock = Arc::new(SetClock::at(START));
        let access = Access::open(&databases, clock.clone()).await.unwrap();
        Self { owner, databases, clock, access }
    }

    pub(crate) async fn add(&self, email: &str, role: Role) {
        let name = email.split('@').next().unwrap().to_owned();
        let user = NewUser { email: email.to_owned(), name, role, password: Some(PASSWORD.to_owned()) };
        self.access.add_user(user).await.unwrap();
    }

    pub(crate) async fn grant(&self, email: &str, domains: &[Domain], regions: &[Region]) {
        let (domains, regions) = (domains.to_vec(), regions.to_vec());
        self.access.grant(NewGrant { email: email.to_owned(), domains, regions }).await.unwrap();
    }

    pub(crate) async fn sign_in(&self, email: &str) -> SessionToken {
        self.access.sign_in(email, PASSWORD, CLIENT, None).await.unwrap()
    }

    /// Adds somebody and signs them in.
    pub(crate) async fn somebody(&self, email: &str, role: Role) -> Principal {
        self.add(email, role).await;
        let token = self.sign_in(email).await;
        self.access.principal_of_session(&token).await.unwrap()
    }

    /// Something the owner does behind our back; returns once we have been told.
    pub(crate) async fn behind_our_back(&self, statement: &'static str) {
        let mut epochs = self.access.epochs();
        let before = *epochs.borrow_and_update();
        sqlx::query(statement).execute(&self.owner).await.unwrap();
        within_reason(epochs.wait_for(|epoch| *epoch > before)).await.unwrap();
    }

    /// Lets go of the database, so that it can be dropped.
    pub(crate) async fn close(self) {
        self.databases.close().await;
    }
}

/// Fails a test that would wait for ever.
pub(crate) async fn within_reason<T>(waiting: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(30), waiting).await.expect("it never came")
}
