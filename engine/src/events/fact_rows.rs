//! Rows of the tables that are derived from events, and of those that are joined with them.

use super::{
    AccountEvent, AdAction, ArticleAction, ElementAction, Figure, NotKept, Participation, ParticipationResult, Service,
    ServiceAction, Text, rows::table_row,
};
use model::{
    access::OrganisationId,
    geo::Province,
    time::{Day, Timestamp},
};

table_row! {
    /// One play session, from the wish to watch to its end.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct ViewRow {
        org: OrganisationId,
        sid: Text,
        household: Option<Text>,
        province: Option<Province>,
        isp: Option<Text>,
        platform: Option<Text>,
        app_version: Option<Text>,
        cdn_vendor: Option<Text>,
        channel_id: Option<Text>,
        content_id: Option<Text>,
        genre: Option<Text>,
        view_mode: Option<Text>,
        start_ms: Timestamp,
        day: Day,
        end_ms: Timestamp,
        /// A picture was shown.
        started: bool,
        startup_ms: Option<i32>,
        startup_bucket: Option<i16>,
        play_ms: i64,
        stall_ms: i64,
        stall_count: i32,
        pause_ms: i64,
        seek_ms: i64,
        /// CTA-2066 `watchedTime`: start-up, play and stall, no pause.
        watched_ms: i64,
        /// Played for more than three seconds.
        effective: bool,
        failed: bool,
        failed_in_startup: bool,
        ended: bool,
        error_class: Option<Text>,
        /// The newest `ts_received` in it.
        received_ms: Timestamp,
        simulated: bool,
        // The columns below came later: a table is only ever added to, at its end.
        /// Playing of which the bitrate is known, and what came over the line in it.
        rated_ms: i64,
        rated_kbit: i64,
        /// The scores of Mux, 0 to 100 in thousandths; none where there was nothing to score.
        mux_startup_milli: Option<i32>,
        mux_smoothness_milli: Option<i32>,
        /// Whose content it is, and how long.
        cp_id: Option<Text>,
        content_len_ms: Option<i64>,
        /// How much of it was seen, in thousandths, what was seen twice counted once; and in whole tenths. None of what is live.
        seen_milli: Option<i32>,
        seen_tenth: Option<i16>,
        /// One of more plays than a person begins in a minute; it is not effective, and nobody watched it.
        abnormal: bool,
        /// How many frames its player lost and showed; both or neither.
        dropped_frames: Option<i64>,
        rendered_frames: Option<i64>,
        /// How far behind the broadcast it was, the mean over its playing.
        live_latency_ms: Option<i32>,
        live_latency_bucket: Option<i16>,
        /// From a jump to the picture, the mean over its jumps.
        seek_latency_ms: Option<i32>,
        seek_latency_bucket: Option<i16>,
        /// How often its CDN or the node of it became another one.
        cdn_switches: Option<i32>,
        /// The viewer experience score of Mux, without the score of the video's quality.
        mux_overall_milli: Option<i32>,
        /// It began within a day of the release of what is played.
        in_first_day: bool,
    }
}

table_row! {
    /// What a household watched of one thing on one channel in one clock minute.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct MinuteRow {
        org: OrganisationId,
        household: Text,
        province: Option<Province>,
        isp: Option<Text>,
        channel_id: Text,
        content_id: Option<Text>,
        view_mode: Option<Text>,
        /// When it was on air: ratings.
        minute: i32,
        /// When it was watched: concurrency.
        clock_minute: i32,
        /// The day of `minute`.
        day: Day,
        seconds: i16,
        /// The minute belongs to this channel.
        counted: bool,
        /// The first broadcast minute of the unbroken run of counted minutes on the channel.
        run_start_minute: i32,
        lag_days: i16,
        received_ms: Timestamp,
        simulated: bool,
    }
}

table_row! {
    /// How well one play session went within one clock minute. Added up over its minutes, it is what its view says.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct QualityMinuteRow {
        org: OrganisationId,
        sid: Text,
        household: Option<Text>,
        province: Option<Province>,
        isp: Option<Text>,
        platform: Option<Text>,
        app_version: Option<Text>,
        cdn_vendor: Option<Text>,
        channel_id: Option<Text>,
        content_id: Option<Text>,
        genre: Option<Text>,
        view_mode: Option<Text>,
        minute: i32,
        day: Day,
        play_ms: i32,
        stall_ms: i32,
        /// Stalls that began in it.
        stall_count: i32,
        /// CTA-2066 `watchedTime`: start-up, play and stall.
        watched_ms: i32,
        /// Playing of which the bitrate is known, and what came over the line in it.
        rated_ms: i32,
        rated_kbit: i64,
        received_ms: Timestamp,
        simulated: bool,
    }
}

table_row! {
    /// An account, as its newest events describe it.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct AccountRow {
        org: OrganisationId,
        household: Text,
        province: Option<Province>,
        isp: Option<Text>,
        tier: Option<Text>,
        opened_day: Option<Day>,
        closed_day: Option<Day>,
        received_ms: Timestamp,
        simulated: bool,
        // The rest is kept so that events may come in any order.
        first_opened_ms: Option<Timestamp>,
        last_opened_ms: Option<Timestamp>,
        last_closed_ms: Option<Timestamp>,
        described_ms: Option<Timestamp>,
    }
}

table_row! {
    /// A box was switched on or off, or showed that it is on; or its account was suspended, or let go on.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct ActivityRow {
        org: OrganisationId,
        household: Text,
        province: Option<Province>,
        isp: Option<Text>,
        day: Day,
        ts_ms: Timestamp,
        account_event: AccountEvent,
        received_ms: Timestamp,
        simulated: bool,
    }
}

table_row! {
    /// A step of an order.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct OrderRow {
        org: OrganisationId,
        household: Option<Text>,
        province: Option<Province>,
        isp: Option<Text>,
        platform: Option<Text>,
        order_id: Text,
        product_id: Option<Text>,
        content_id: Option<Text>,
        order_status: Option<Text>,
        amount_fen: Option<i64>,
        ts_ms: Timestamp,
        day: Day,
        received_ms: Timestamp,
        simulated: bool,
        // The columns below came later: a table is only ever added to, at its end.
        /// Whose content or product it is.
        cp_id: Option<Text>,
    }
}

table_row! {
    /// A page that was opened, or what happened to an element of it.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct PageRow {
        org: OrganisationId,
        household: Option<Text>,
        province: Option<Province>,
        isp: Option<Text>,
        platform: Option<Text>,
        app_version: Option<Text>,
        visit_id: Option<Text>,
        page_id: Text,
        prev_page_id: Option<Text>,
        slot_id: Option<Text>,
        poster_id: Option<Text>,
        content_id: Option<Text>,
        /// Nothing where the page itself was opened.
        element_action: Option<ElementAction>,
        visible_ms: Option<i32>,
        source_class: Option<Text>,
        campaign: Option<Text>,
        ts_ms: Timestamp,
        day: Day,
        received_ms: Timestamp,
        simulated: bool,
        // The columns below came later: a table is only ever added to, at its end.
        /// Until its largest part was drawn, and until the first byte came.
        load_ms: Option<i32>,
        load_bucket: Option<i16>,
        ttfb_ms: Option<i32>,
        ttfb_bucket: Option<i16>,
    }
}

table_row! {
    /// A viewer took part in an activity, or tried to.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct ParticipationRow {
        org: OrganisationId,
        household: Option<Text>,
        province: Option<Province>,
        isp: Option<Text>,
        platform: Option<Text>,
        activity_id: Text,
        round: Option<i32>,
        action: Participation,
        option_id: Option<Text>,
        /// Accepted where the client says nothing else.
        result: ParticipationResult,
        prize_fen: Option<i64>,
        qr_id: Option<Text>,
        ts_ms: Timestamp,
        day: Day,
        received_ms: Timestamp,
        simulated: bool,
        // The columns below came later: a table is only ever added to, at its end.
        /// From handing it in until its result, or from its result until it was shown.
        took_ms: Option<i64>,
        took_bucket: Option<i16>,
    }
}

table_row! {
    /// Something that happened to a manuscript.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct ArticleRow {
        org: OrganisationId,
        household: Option<Text>,
        province: Option<Province>,
        isp: Option<Text>,
        platform: Option<Text>,
        unit: Option<Text>,
        unit_level: Option<Text>,
        article_id: Text,
        action: ArticleAction,
        reprint_of: Option<Text>,
        /// Reads that the event tells of; nothing where it is no reading.
        reads: i64,
        campaign: Option<Text>,
        ts_ms: Timestamp,
        day: Day,
        received_ms: Timestamp,
        simulated: bool,
    }
}

table_row! {
    /// Something that happened to an advertisement.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct AdRow {
        org: OrganisationId,
        household: Option<Text>,
        province: Option<Province>,
        isp: Option<Text>,
        platform: Option<Text>,
        unit: Option<Text>,
        unit_level: Option<Text>,
        ad_id: Option<Text>,
        advertiser: Option<Text>,
        campaign: Option<Text>,
        action: AdAction,
        visible_ms: Option<i32>,
        ts_ms: Timestamp,
        day: Day,
        received_ms: Timestamp,
        simulated: bool,
        // The columns below came later: a table is only ever added to, at its end.
        /// Where a spot went on air.
        channel_id: Option<Text>,
    }
}

table_row! {
    /// A step in the use of a service of the house.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct ServiceRow {
        org: OrganisationId,
        household: Option<Text>,
        province: Option<Province>,
        isp: Option<Text>,
        platform: Option<Text>,
        unit: Option<Text>,
        unit_level: Option<Text>,
        service: Service,
        action: ServiceAction,
        took_ms: Option<i64>,
        took_bucket: Option<i16>,
        ts_ms: Timestamp,
        day: Day,
        received_ms: Timestamp,
        simulated: bool,
    }
}

table_row! {
    /// The result of an indicator against its target. Numbers are in thousandths.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct AppraisalRow {
        org: OrganisationId,
        province: Option<Province>,
        unit: Option<Text>,
        unit_level: Option<Text>,
        kpi_id: Text,
        actual_milli: i64,
        target_milli: i64,
        weight_milli: i64,
        /// Of the target; undefined where there was none to reach.
        attainment_milli: Option<i64>,
        /// Weight times attainment, which counts up to its cap.
        score_milli: Option<i64>,
        ts_ms: Timestamp,
        day: Day,
        received_ms: Timestamp,
        simulated: bool,
    }
}

table_row! {
    /// A number that another system reported.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct FigureRow {
        org: OrganisationId,
        province: Option<Province>,
        isp: Option<Text>,
        platform: Option<Text>,
        unit: Option<Text>,
        unit_level: Option<Text>,
        genre: Option<Text>,
        cp_id: Option<Text>,
        advertiser: Option<Text>,
        campaign: Option<Text>,
        source_class: Option<Text>,
        figure: Figure,
        value: i64,
        ts_ms: Timestamp,
        day: Day,
        received_ms: Timestamp,
        simulated: bool,
    }
}

table_row! {
    /// A request to the delivery network, and its answer.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct RequestRow {
        org: OrganisationId,
        household: Option<Text>,
        province: Option<Province>,
        isp: Option<Text>,
        platform: Option<Text>,
        cdn_vendor: Option<Text>,
        cdn_node: Option<Text>,
        channel_id: Option<Text>,
        content_id: Option<Text>,
        object_type: Option<Text>,
        http_status: Option<i32>,
        /// `2xx` to `5xx`, or `none` where there was no answer.
        status_class: Text,
        ttfb_ms: Option<i32>,
        ttfb_bucket: Option<i16>,
        ttlb_ms: Option<i32>,
        resp_bytes: i64,
        /// Bytes and time of the answers that are long enough to tell how fast the line is.
        timed_bytes: i64,
        timed_ms: i64,
        cache_hit: Option<bool>,
        ts_ms: Timestamp,
        day: Day,
        received_ms: Timestamp,
        simulated: bool,
    }
}

table_row! {
    /// Records of a source and province that a batch brought, those alike in what became of them and how late they came.
    /// A jump within a title.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct SeekRow {
        org: OrganisationId,
        sid: Option<Text>,
        household: Option<Text>,
        province: Option<Province>,
        isp: Option<Text>,
        platform: Option<Text>,
        channel_id: Option<Text>,
        content_id: Option<Text>,
        view_mode: Option<Text>,
        /// The pieces of five seconds that it leaves and lands in, from 0.
        from_piece: i32,
        to_piece: i32,
        /// `back` or `forward`.
        way: Text,
        ts_ms: Timestamp,
        day: Day,
        received_ms: Timestamp,
        simulated: bool,
    }
}

table_row! {
    /// Records of a source and province that a batch brought, those alike in what became of them and how late they came.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct ArrivalRow {
        org: OrganisationId,
        province: Option<Province>,
        source_id: i32,
        /// The minute of arrival since 1970.
        minute: i32,
        day: Day,
        events: i64,
        /// From what happened to its arrival, added up over the events.
        delay_ms: i64,
        /// The bucket of one event's delay, which is taken up to a whole second.
        delay_bucket: i16,
        received_ms: Timestamp,
        simulated: bool,
        // The columns below came later: a table is only ever added to, at its end.
        /// Why they were not kept; nothing where they were. They have no delay.
        not_kept: Option<NotKept>,
        /// The field for which they were refused.
        field: Option<Text>,
    }
}

table_row! {
    /// A programme of a channel, on air from `start_ms` until just before `stop_ms`.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct ProgrammeRow {
        org: OrganisationId,
        programme_id: Text,
        channel_id: Text,
        title: Text,
        category: Option<Text>,
        start_ms: Timestamp,
        stop_ms: Timestamp,
        start_minute: i32,
        stop_minute: i32,
        day: Day,
    }
}

table_row! {
    /// A channel and its name.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct ChannelRow {
        org: OrganisationId,
        channel_id: Text,
        name: Text,
    }
}
