//! One thing that happened, as a row of the store.

use super::{
    AccountEvent, AdAction, ArticleAction, Better, ElementAction, Figure, GeoSource, NotKept, Participation,
    ParticipationResult, PlayState, Protocol, Service, ServiceAction, Text,
    rows::{Cell as _, table_row},
};
use model::{
    access::OrganisationId,
    geo::Province,
    time::{Day, Timestamp},
};
use serde::{Deserialize, Serialize, Serializer, ser::SerializeMap};

table_row! {
    /// One thing that happened. What is not known is `None`.
    ///
    /// Make one with [`Event::new`] and fill what is known. Organisation, source, day, household, province by account or
    /// write key, operator by address and `simulated` are set at the collector, whatever stands here.
    #[derive(Debug, Clone, PartialEq, Deserialize)]
    #[serde(default = "Event::blank")]
    pub struct Event {
        org: OrganisationId,
        source_id: i32,
        /// The client's own id; the same one twice in days next to each other counts once for a source.
        event_id: Text,
        ts_event: Timestamp,
        ts_received: Timestamp,
        /// The organisation's calendar day of `ts_event`.
        day: Day,
        source_protocol: Protocol,
        event_class: Option<Text>,
        event_name: Option<Text>,
        user_id: Option<Text>,
        device_id: Option<Text>,
        household_id: Option<Text>,
        /// `household_id`, else `user_id`, else `device_id`.
        household: Option<Text>,
        /// The play session.
        sid: Option<Text>,
        province: Option<Province>,
        isp: Option<Text>,
        platform: Option<Text>,
        app_version: Option<Text>,
        content_id: Option<Text>,
        genre: Option<Text>,
        channel_id: Option<Text>,
        /// `live`, `timeshift`, `catchup`, `vod` or `npvr`.
        view_mode: Option<Text>,
        cdn_vendor: Option<Text>,
        page_id: Option<Text>,
        /// When the picture that is watched at `ts_event` was on air.
        ts_broadcast: Option<Timestamp>,
        play_state: Option<PlayState>,
        position_ms: Option<i64>,
        bitrate_kbps: Option<i32>,
        error_code: Option<Text>,
        error_class: Option<Text>,
        account_event: Option<AccountEvent>,
        tier: Option<Text>,
        order_id: Option<Text>,
        product_id: Option<Text>,
        order_status: Option<Text>,
        amount_fen: Option<i64>,
        currency: Option<Text>,
        geo_source: Option<GeoSource>,
        /// The first 24 bits of an IPv4 address, the first 48 of an IPv6 one; never more.
        ip_prefix: Option<Text>,
        simulated: bool,
        /// What had no column of its own, as a JSON object.
        props: Option<Text>,
        // The columns below came later: a table is only ever added to, at its end.
        /// A visit to pages, by a gap of the client's choice.
        visit_id: Option<Text>,
        /// The page that led to this one.
        prev_page_id: Option<Text>,
        /// The place on the page, and the picture in it.
        slot_id: Option<Text>,
        poster_id: Option<Text>,
        element_action: Option<ElementAction>,
        /// How long an element could be seen.
        visible_ms: Option<i32>,
        /// Where a visit comes from: `direct`, `search`, `social`, `qr`, …
        source_class: Option<Text>,
        campaign: Option<Text>,
        /// What viewers take part in, and the round of it.
        activity_id: Option<Text>,
        round: Option<i32>,
        action: Option<Participation>,
        option_id: Option<Text>,
        result: Option<ParticipationResult>,
        prize_fen: Option<i64>,
        qr_id: Option<Text>,
        /// An organisational unit of the media network or a department, and the level it stands on: `province`, `city`, `county`.
        unit: Option<Text>,
        unit_level: Option<Text>,
        /// A manuscript, what happened to it, and the one it was taken from.
        article_id: Option<Text>,
        article_action: Option<ArticleAction>,
        reprint_of: Option<Text>,
        /// How many reads the event tells of; one where it says nothing.
        reads: Option<i64>,
        /// An advertisement, whose it is and what happened to it.
        ad_id: Option<Text>,
        advertiser: Option<Text>,
        ad_action: Option<AdAction>,
        /// A service of the house, and how far its use has come.
        service: Option<Service>,
        service_action: Option<ServiceAction>,
        /// From the wish until then.
        took_ms: Option<i64>,
        /// An indicator of the appraisal: what was reached, what was to be, and what it weighs. In thousandths.
        kpi_id: Option<Text>,
        actual_milli: Option<i64>,
        target_milli: Option<i64>,
        weight_milli: Option<i64>,
        /// Whether more or less of it is better; more where nothing is said.
        better: Option<Better>,
        /// How long the content is, whatever of it is watched.
        content_len_ms: Option<i64>,
        /// Whose content it is: the content provider.
        cp_id: Option<Text>,
        /// The server of the delivery network that answered a request, and for what kind of object.
        cdn_node: Option<Text>,
        object_type: Option<Text>,
        /// What it answered; 0 where it did not.
        http_status: Option<i32>,
        /// Until the first byte, and until the last.
        ttfb_ms: Option<i32>,
        ttlb_ms: Option<i32>,
        resp_bytes: Option<i64>,
        cache_hit: Option<bool>,
        /// A number that another system reports of the moment of the event.
        figure: Option<Figure>,
        figure_value: Option<i64>,
        /// How many records the collector did not keep, the field for which it refused them, and why.
        not_kept: Option<NotKept>,
        not_kept_field: Option<Text>,
        not_kept_records: Option<i64>,
        /// How many frames the player lost and showed since its session began.
        dropped_frames: Option<i64>,
        rendered_frames: Option<i64>,
        /// How far behind the broadcast the picture is.
        live_latency_ms: Option<i32>,
        /// From the wish to see a page until its largest part is drawn.
        load_ms: Option<i32>,
        /// Where in the content a jump lands; it leaves `position_ms`.
        seek_to_ms: Option<i64>,
        /// When what is played was released.
        ts_released: Option<Timestamp>,
    }
}

impl Event {
    /// An event of which only id and moment are known.
    pub fn new(event_id: impl Into<Text>, ts_event: Timestamp) -> Self {
        Self { event_id: event_id.into(), ts_event, ts_received: ts_event, ..Self::blank() }
    }

    fn blank() -> Self {
        let origin = Timestamp::from_millis(0);
        Self {
            org: OrganisationId(0),
            source_id: 0,
            event_id: Text::default(),
            ts_event: origin,
            ts_received: origin,
            day: Day(0),
            source_protocol: Protocol::Native,
            event_class: None,
            event_name: None,
            user_id: None,
            device_id: None,
            household_id: None,
            household: None,
            sid: None,
            province: None,
            isp: None,
            platform: None,
            app_version: None,
            content_id: None,
            genre: None,
            channel_id: None,
            view_mode: None,
            cdn_vendor: None,
            page_id: None,
            ts_broadcast: None,
            play_state: None,
            position_ms: None,
            bitrate_kbps: None,
            error_code: None,
            error_class: None,
            account_event: None,
            tier: None,
            order_id: None,
            product_id: None,
            order_status: None,
            amount_fen: None,
            currency: None,
            geo_source: None,
            ip_prefix: None,
            simulated: false,
            props: None,
            visit_id: None,
            prev_page_id: None,
            slot_id: None,
            poster_id: None,
            element_action: None,
            visible_ms: None,
            source_class: None,
            campaign: None,
            activity_id: None,
            round: None,
            action: None,
            option_id: None,
            result: None,
            prize_fen: None,
            qr_id: None,
            unit: None,
            unit_level: None,
            article_id: None,
            article_action: None,
            reprint_of: None,
            reads: None,
            ad_id: None,
            advertiser: None,
            ad_action: None,
            service: None,
            service_action: None,
            took_ms: None,
            kpi_id: None,
            actual_milli: None,
            target_milli: None,
            weight_milli: None,
            better: None,
            content_len_ms: None,
            cp_id: None,
            cdn_node: None,
            object_type: None,
            http_status: None,
            ttfb_ms: None,
            ttlb_ms: None,
            resp_bytes: None,
            cache_hit: None,
            figure: None,
            figure_value: None,
            not_kept: None,
            not_kept_field: None,
            not_kept_records: None,
            dropped_frames: None,
            rendered_frames: None,
            live_latency_ms: None,
            load_ms: None,
            seek_to_ms: None,
            ts_released: None,
        }
    }

    /// Who watches: the household, as far as the event tells.
    pub(crate) fn household_named(&self) -> Option<Text> {
        self.household_id.as_ref().or(self.user_id.as_ref()).or(self.device_id.as_ref()).cloned()
    }
}

impl Serialize for Event {
    /// An object without the columns that are not known: the ingest log holds a few of fifty.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        macro_rules! present {
            ($($column:ident)*) => {
                $(if !self.$column.is_null() {
                    map.serialize_entry(stringify!($column), &self.$column)?;
                })*
            };
        }
        // As numbers: a text of each moment would double the time of an append.
        map.serialize_entry("ts_event", &self.ts_event.millis())?;
        map.serialize_entry("ts_received", &self.ts_received.millis())?;
        if let Some(moment) = self.ts_broadcast {
            map.serialize_entry("ts_broadcast", &moment.millis())?;
        }
        if let Some(moment) = self.ts_released {
            map.serialize_entry("ts_released", &moment.millis())?;
        }
        present! {
            org source_id event_id day source_protocol event_class event_name user_id device_id
            household_id household sid province isp platform app_version content_id genre channel_id view_mode
            cdn_vendor page_id play_state position_ms bitrate_kbps error_code error_class account_event
            tier order_id product_id order_status amount_fen currency geo_source ip_prefix simulated props
            visit_id prev_page_id slot_id poster_id element_action visible_ms source_class campaign
            activity_id round action option_id result prize_fen qr_id
            unit unit_level article_id article_action reprint_of reads ad_id advertiser ad_action service service_action took_ms
            kpi_id actual_milli target_milli weight_milli better
            content_len_ms cp_id cdn_node object_type http_status ttfb_ms ttlb_ms resp_bytes cache_hit
            figure figure_value not_kept not_kept_field not_kept_records
            dropped_frames rendered_frames live_latency_ms load_ms seek_to_ms
        }
        map.end()
    }
}
