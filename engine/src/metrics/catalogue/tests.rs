use super::*;

fn shipped_with(measures: Option<&'static str>, metrics: &'static str) -> Result<Catalogue, CatalogueError> {
    let mut files = shipped::FILES;
    if let Some(text) = measures {
        files.measures = CatalogueFile { name: "measures.toml", text };
    }
    Catalogue::read(CatalogueFiles { metrics: &[CatalogueFile { name: "mine.toml", text: metrics }], ..files })
}

const METRIC: &str = r#"
[[metric]]
id = "my.metric"
name = { zh = "我的", en = "Mine" }
definition = { zh = "定义", en = "Definition" }
formula = { zh = "用词", en = "in words" }
unit = "count"
additivity = "additive"
domains = ["content"]
dimensions = ["province"]
owner = "me"
source = "mine"
version = 1
value = { measure = "attempts" }
"#;

fn changed(from: &str, to: &str) -> &'static str {
    assert!(METRIC.contains(from), "the sample has no {from}");
    METRIC.replace(from, to).leak()
}

#[test]
fn the_shipped_catalogue_is_right() {
    let catalogue = Catalogue::shipped().unwrap();
    let ids: Vec<&str> = catalogue.metrics().map(|metric| metric.id.as_str()).collect();
    insta::assert_snapshot!(ids.join("\n"), @r"
    content.plays
    content.play_users
    content.watch_h
    content.avg_watch
    content.watch_per_user
    content.plays_per_user
    content.play_share_pct
    content.watch_share_pct
    content.vod_users
    content.live_users
    content.vod_to_live_user_ratio
    content.titles_played
    content.plays_per_title
    content.completion_pct
    content.avg_progress_pct
    content.progress_plays
    content.cp_play_share_pct
    content.providers
    content.abnormal_plays
    content.abnormal_users
    content.availability_pct
    ops.publish_lead_time
    content.retention_curve
    content.concentration
    content.hhi
    content.gini
    content.catalog_size
    content.catalog_h
    content.supply_use
    content.active_rate
    content.replay_skip_to
    content.replay_skip_from
    content.first_day_plays
    content.heat
    qoe.attempts
    qoe.fail_pct
    qoe.startup_s
    qoe.rebuf_ratio
    qoe.plays
    qoe.vsf_pct
    qoe.ebvs_pct
    qoe.business_exception_pct
    qoe.rebuf_freq
    qoe.rebuf_s_per_h
    qoe.stalled_play_pct
    qoe.good_session_pct
    qoe.watch_h
    qoe.play_h
    qoe.bitrate
    qoe.mux_startup_score
    qoe.mux_smoothness
    qoe.concurrent
    qoe.rebuf_ratio_minute
    qoe.stalls_per_min
    qoe.stalled_plays
    qoe.bitrate_minute
    qoe.bandwidth
    qoe.dropped_frame_pct
    qoe.live_latency
    qoe.seek_latency
    qoe.mux_overall
    cdn.switch
    cdn.requests
    cdn.bytes
    cdn.bandwidth
    cdn.bandwidth_p95
    cdn.bandwidth_peak
    cdn.throughput
    cdn.ttfb_ms
    cdn.error_pct
    cdn.error_4xx_pct
    cdn.error_5xx_pct
    cdn.unanswered_pct
    cdn.hit_pct
    cdn.hit_bytes_pct
    cdn.peak_rps
    cdn.impact
    cdn.excess_errors
    cdn.node_fault
    cdn.mttd
    cdn.mttr
    tv.viewing_min
    tv.ama
    tv.ama_sec
    tv.rating_pct
    tv.tvr_total
    tv.share_pct
    tv.reach_1
    tv.reach_3
    tv.reach_pct
    tv.atv
    tv.loyalty_pct
    tv.live
    tv.vosdal
    tv.live_3
    tv.live_7
    tv.reach_15
    tv.ats_all
    tv.shifted_min
    tv.shifted_pct
    tv.switch_in
    tv.switch_out
    tv.channel_flow
    tv.peak_min
    tv.live_28
    tv.cross_pct
    tv.composite
    tv.inherit_pct
    tv.prog_online_plays
    tv.grp
    tv.spot_aud
    tv.spot_reach_pct
    tv.freq
    tv.nielsen_c3
    tv.nielsen_c7
    iptv.registered
    iptv.poweron_users
    iptv.poweron_rate
    iptv.opened
    iptv.closed
    iptv.net_add
    iptv.churn_contract
    iptv.poweron_count
    iptv.poweron_days
    iptv.active_users
    iptv.active_rate
    iptv.active_days
    iptv.stickiness
    iptv.new_users
    iptv.retention_pct
    iptv.poweron_retention_pct
    iptv.state_users
    iptv.state_changes
    iptv.state_change_pct
    iptv.churn_activity
    iptv.return_rate
    iptv.lost_users
    iptv.suspended_users
    iptv.dau
    iptv.wau
    iptv.mau
    iptv.penetration
    iptv.province_dist
    iptv.on_minutes
    iptv.online_rate_t
    order.count
    order.users
    order.revenue
    order.aov
    order.arpu
    order.created
    order.gmv
    order.pay_conv
    order.cancelled
    order.refunds
    order.refund_rate
    order.arppu
    order.pay_rate
    order.trigger_pct
    order.funnel_users
    order.funnel_pct
    order.cp_revenue_share_pct
    order.revenue_per_1000_plays
    order.trigger
    order.renew_rate
    order.unsubscribed
    order.ltv
    order.cp_share
    order.subscriptions
    order.unsub_rate
    epg.page_views
    epg.page_users
    epg.depth
    epg.impressions
    epg.clicks
    epg.click_users
    epg.ctr
    epg.unique_ctr
    epg.clicks_per_view
    epg.funnel_users
    epg.funnel_pct
    epg.visits
    epg.dwell_s
    epg.exit_pct
    epg.path
    epg.heat_pct
    epg.click_to_play
    epg.plays_per_click
    epg.plays_per_pv
    epg.steps_to_play
    web.pv
    web.uv
    web.sessions
    web.pages_per_session
    web.pages_per_visitor
    web.clicks
    web.new_visitors
    web.retention_pct
    web.bounce_pct
    web.visit_s
    web.dwell_s
    web.exit_pct
    web.path
    web.new_pct
    web.funnel_users
    web.funnel_pct
    app.feature_use
    web.crash_pct
    web.js_err_pct
    app.downloads
    app.registered
    app.network_users
    web.acquired
    web.acquired_retention_7
    web.acquired_watch_h
    web.acquired_revenue
    web.source_cost
    web.acquired_cost
    web.page_load
    web.ttfb
    interact.visits
    interact.participants
    interact.participation_rate
    interact.actions
    interact.success_pct
    interact.dup_pct
    interact.scans
    interact.scan_conv
    interact.votes
    interact.voters
    interact.draw_entries
    interact.draw_users
    interact.redpacket_grabs
    interact.redpacket_amount
    interact.comments
    interact.comment_users
    interact.mod_reject_pct
    interact.shares
    interact.funnel_users
    interact.funnel_pct
    interact.vote_share_pct
    interact.win_pct
    interact.comments_per_min
    interact.peak_rps
    interact.lead_time_days
    interact.online
    interact.mod_lag
    interact.result_latency
    media.articles
    media.publishing_units
    media.submissions
    media.contributors
    media.adopt_rate
    media.shared
    media.reprints
    media.reprint_units
    media.adoption_reach
    media.dissemination
    media.million_items
    media.million_pct
    media.instructions
    media.instruction_cover
    media.instruction_min
    ad.impressions
    ad.reach
    ad.clicks
    ad.ctr
    ad.fill
    ai.calls
    ai.users
    ai.calls_per_user
    ai.accept_pct
    search.count
    search.success_pct
    search.time_to_find_s
    help.requests
    help.done_pct
    help.close_h
    ad.level_mix_pct
    creator.count
    creator.uploads
    circle.members
    circle.posts
    circle.interactions
    media.total_users
    media.new_users_day
    media.one_id_rate
    ad.pacing
    kpi.results
    kpi.units
    kpi.attainment
    kpi.reached_pct
    kpi.score
    kpi.visibility
    sys.events
    sys.ingest_rate
    iptv.feed_delay_s
    iptv.feed_complete_pct
    sys.board_load
    sys.rejected
    sys.rejected_pct
    sys.dup_pct
    sys.freshness
    ");
}

#[test]
fn a_metric_of_ones_own_is_read() {
    assert!(shipped_with(None, METRIC).is_ok());
}

#[test]
fn a_wrong_file_is_refused_with_file_line_and_reason() {
    let cases = [
        (changed("version = 1", "version = one"), 13, ""),
        (changed("version = 1", "version = 1\nverison = 2"), 14, "unknown field `verison`"),
        (changed("id = \"my.metric\"", "id = \"My Metric\""), 3, "can't be an id"),
        (changed("\"content\"", "\"contents\""), 9, "contents"),
        (changed("\"count\"", "\"counts\""), 7, "counts"),
        (
            changed(
                "{ measure = \"attempts\" }",
                "{ slice_percentile = { of = { measure = \"attempts\" }, percent = 95 } }",
            ),
            14,
            "can't stand as “slice_percentile”",
        ),
        (
            changed(
                "{ measure = \"attempts\" }",
                "{ slice_percentile = { of = { measure = \"cdn_bytes_of_slices\" }, percent = 100 } }",
            ),
            14,
            "between 1 and 99",
        ),
        (changed("\"attempts\"", "\"attemps\""), 14, "did you mean “attempts”?"),
        (changed("\"attempts\"", "\"startup_buckets\""), 14, "can't stand as “measure”"),
        (changed("{ measure = \"attempts\" }", "{ stock = { measure = \"attempts\" } }"), 14, "can't stand as “stock”"),
        (
            changed("{ measure = \"attempts\" }", "{ per_minute = { measure = \"attempts\" } }"),
            14,
            "no mean per minute",
        ),
        (
            changed("{ measure = \"attempts\" }", "{ measure = \"attempts\", stock = { measure = \"registered\" } }"),
            14,
            "exactly one",
        ),
        (
            changed("{ measure = \"attempts\" }", "{ divided = { of = { measure = \"attempts\" }, by = 0 } }"),
            14,
            "divided by 0",
        ),
        (
            changed(
                "{ measure = \"attempts\" }",
                "{ weighted_ranks = [{ weight = 0.5, of = { measure = \"attempts\" } }] }",
            ),
            14,
            "together they are 1",
        ),
        (changed("[\"province\"]", "[\"province\", \"tier\"]"), 10, "neither knows nor ignores it"),
        (changed("[\"province\"]", "[\"planet\"]"), 10, "not in dimensions.toml"),
        (changed("domains = [\"content\"]", "domains = []"), 3, "granted to nobody"),
        (changed("version = 1", "version = 1\nminimum_sample = 30"), 3, "belong together"),
        (changed("version = 1", "version = 1\nstats = [\"p95\"]"), 3, "stats are for distributions"),
        (changed("value = { measure = \"attempts\" }", ""), 3, "either a value or profiles"),
    ];
    for (metrics, line, reason) in cases {
        let error = shipped_with(None, metrics).map(|_| ()).unwrap_err();
        assert_eq!((error.file.as_str(), error.line), ("mine.toml", line), "{error}");
        assert!(error.reason.contains(reason), "{error}");
    }
    let twice: &'static str = format!("{METRIC}{METRIC}").leak();
    assert!(
        shipped_with(None, twice).unwrap_err().to_string().starts_with("mine.toml, line 17: the metric “my.metric”")
    );
}

#[test]
fn a_wrong_measure_is_refused_with_file_line_and_reason() {
    let cases = [
        (
            "[[measure]]\nid = \"m\"\nfact = \"views\"\naggregate = \"count\"",
            3,
            "neither in facts.toml nor in derived.toml",
        ),
        ("[[measure]]\nid = \"m\"\nfact = \"view\"\naggregate = \"median\"", 4, "median"),
        ("[[measure]]\nid = \"m\"\nfact = \"view\"\naggregate = \"sum\"", 2, "needs a column"),
        (
            "[[measure]]\nid = \"m\"\nfact = \"view\"\naggregate = \"sum\"\ncolumn = \"household\"",
            5,
            "can't be aggregated so",
        ),
        ("[[measure]]\nid = \"m\"\nfact = \"view\"\naggregate = \"sum\"\ncolumn = \"pla_ms\"", 5, "no column “pla_ms”"),
        (
            "[[measure]]\nid = \"m\"\nfact = \"view\"\naggregate = \"sum\"\ncolumn = \"x; drop table event\"",
            5,
            "can't be a table or column",
        ),
        ("[[measure]]\nid = \"m\"\nfact = \"view\"\naggregate = \"stock\"", 2, "how many there are on a day"),
        (
            "[[measure]]\nid = \"m\"\nfact = \"view\"\naggregate = \"count\"\nwhere = [\n  { column = \"play_ms\", is = true },\n]",
            6,
            "one test that fits it",
        ),
        ("[[measure]]\nid = \"m\"\nfact = \"view\"\naggregate = \"decaying\"", 2, "needs half_life_hours"),
        (
            "[[measure]]\nid = \"m\"\nfact = \"view\"\naggregate = \"count\"\nhalf_life_hours = 24",
            5,
            "only what decays",
        ),
        (
            "[[measure]]\nid = \"m\"\nfact = \"minute_audience\"\naggregate = \"decaying\"\nhalf_life_hours = 24",
            3,
            "have no age",
        ),
        (
            "[[measure]]\nid = \"m\"\nfact = \"view\"\naggregate = \"count\"\nwhere = [{ unbroken_minutes = 3 }]",
            5,
            "no minutes",
        ),
    ];
    for (measures, line, reason) in cases {
        let error = shipped_with(Some(measures), METRIC).map(|_| ()).unwrap_err();
        assert_eq!((error.file.as_str(), error.line), ("measures.toml", line), "{error}");
        assert!(error.reason.contains(reason), "{error}");
    }
}

#[test]
fn a_wrong_derivation_is_refused_with_file_line_and_reason() {
    let funnel = |dimensions: &str, step_dimension: &str, fact: &str| -> &'static str {
        format!(
            "[[funnel]]\nname = \"mine\"\ndimensions = [{dimensions}]\nstep_dimension = \"{step_dimension}\"\nwindow = \"day\"\nstep = [\n  \
             {{ fact = \"page_event\" }},\n  {{ fact = \"{fact}\" }},\n]\n"
        )
        .leak()
    };
    let node_faults = |node: &str, fact: &str, minutes: u16| -> &'static str {
        format!(
            "[[node_faults]]\nname = \"mine\"\ncohort_dimensions = [\"province\", \"isp\"]\nnode_dimensions = [{node}]\n\
             requests = {{ fact = \"{fact}\" }}\nfailed = [{{ column = \"cache_hit\", is = false }}]\nwindow_minutes = {minutes}\nwindows = 2\n\
             least_per_minute = 25\ntimes = 3\n"
        )
        .leak()
    };
    let cases = [
        (funnel("\"province\"", "guide_step", "vews"), 8, "“vews” is not in facts.toml"),
        (funnel("\"province\", \"page\"", "guide_step", "view"), 3, "“view” does not know it"),
        (funnel("\"province\"", "steps", "view"), 4, "“steps” is not in dimensions.toml"),
        (funnel("\"province\"", "province", "view"), 4, "carried already"),
        (
            "[[funnel]]\nname = \"mine\"\ndimensions = []\nstep_dimension = \"guide_step\"\nwindow = \"day\"\nstep = []",
            2,
            "two steps at least",
        ),
        (
            format!(
                "[[funnel]]\nname = \"mine\"\ndimensions = []\nstep_dimension = \"guide_step\"\nwindow = \"day\"\nstep = [{}]",
                "{ fact = \"view\" },".repeat(16)
            )
            .leak(),
            2,
            "fifteen steps at most",
        ),
        (
            funnel("\"province\"", "guide_step", "view").replace("\"day\"", "{ hours = 0 }").leak(),
            5,
            "between 1 and 720 hours",
        ),
        (
            "[[on_time]]\nname = \"mine\"\ndimensions = []\nhours = 0\nevents = { fact = \"account_activity\" }",
            4,
            "1 to 24 hours",
        ),
        (
            "[[boxes_on]]\nname = \"mine\"\ndimensions = []\nhours = 4\nevents = { fact = \"view\" }",
            5,
            "when a box is on",
        ),
        (
            "[[subscriptions]]\nname = \"mine\"\ndimensions = []\nbegins = { fact = \"order_event\" }\nends = { fact = \"view\" }",
            5,
            "only the steps of orders",
        ),
        (
            "[[inheritance]]\nname = \"mine\"\ndimensions = []\nprogramme_dimension = \"programme\"\nminutes = { fact = \"view\" }",
            5,
            "when a programme begins",
        ),
        (
            "[[steps_to_play]]\nname = \"mine\"\ndimensions = []\nopenings = { fact = \"view\" }\nplays = { fact = \"view\" }",
            4,
            "steps are pages",
        ),
        ("[[funnle]]\nname = \"mine\"", 1, "unknown field `funnle`"),
        (
            "[[channel_flow]]\nname = \"mine\"\ndimensions = []\nfrom_dimension = \"from_channel\"\nto_dimension = \"to_channel\"\nminutes = { fact = \"view\" }",
            6,
            "only minutes tell",
        ),
        (
            "[[slices]]\nname = \"mine\"\ndimensions = []\nseconds = 300\namount = \"household\"\nrows = { fact = \"request\" }",
            5,
            "“household” is no number of its fact",
        ),
        (node_faults("\"cdn\", \"cdn_node\"", "request", 720), 8, "less than a day"),
        (node_faults("\"cdn\", \"page\"", "request", 5), 4, "its fact does not know “page”"),
        (node_faults("\"cdn\", \"cdn_node\"", "quality_minute", 5), 5, "its rows have no moment"),
    ];
    for (text, line, reason) in cases {
        let derived = CatalogueFile { name: "derived.toml", text };
        let error = Catalogue::read(CatalogueFiles { derived, ..shipped::FILES }).map(|_| ()).unwrap_err();
        assert_eq!((error.file.as_str(), error.line), ("derived.toml", line), "{error}");
        assert!(error.reason.contains(reason), "{error}");
    }
}

/// What may have a confidence interval: what is counted above is counted below too.
#[test]
fn shares_of_cases_are_told_from_other_ratios() {
    let catalogue = Catalogue::shipped().unwrap();
    let is_share = |id: &str| catalogue.metric(&id.parse().unwrap()).unwrap().value.is_share_of_cases();
    for id in ["qoe.fail_pct", "qoe.ebvs_pct", "qoe.good_session_pct", "qoe.stalled_play_pct"] {
        assert!(is_share(id), "{id}");
    }
    // Milliseconds, stalls per play, households per account, clicks that need no impression, plain counts.
    for id in ["qoe.rebuf_ratio", "qoe.rebuf_freq", "tv.reach_pct", "qoe.startup_s", "content.plays"] {
        assert!(!is_share(id), "{id}");
    }
}

/// To be read by people: what every metric is, in both languages.
#[test]
fn every_formula_in_words() {
    let catalogue = Catalogue::shipped().unwrap();
    let told = catalogue.metrics().map(|metric| {
        for text in [&metric.formula.zh, &metric.formula.en] {
            assert!(!text.trim().is_empty(), "{}", metric.id);
        }
        assert!(!metric.formula.zh.is_ascii(), "{}: {}", metric.id, metric.formula.zh);
        format!(
            "{}\n  {} = {}\n  {} = {}",
            metric.id, metric.name.zh, metric.formula.zh, metric.name.en, metric.formula.en
        )
    });
    insta::assert_snapshot!(told.collect::<Vec<_>>().join("\n"));
}

/// Without a split they would say 100 % of nothing.
#[test]
fn parts_are_told_from_other_ratios() {
    let catalogue = Catalogue::shipped().unwrap();
    let parts = catalogue.metrics().filter_map(|metric| {
        let by: Vec<&str> =
            metric.dimensions.iter().filter(|id| metric.value.is_part_by(id)).map(DimensionId::as_str).collect();
        (!by.is_empty()).then(|| format!("{}: {}", metric.id, by.join(", ")))
    });
    insta::assert_snapshot!(parts.collect::<Vec<_>>().join("\n"), @r"
    content.play_share_pct: platform, channel, content, genre, cp, view_mode
    content.watch_share_pct: platform, channel, content, genre, cp, view_mode
    content.cp_play_share_pct: cp
    tv.share_pct: channel, programme
    tv.composite: province, isp, channel, programme
    iptv.state_change_pct: state
    iptv.province_dist: province
    order.funnel_pct: order_step
    order.cp_revenue_share_pct: product, cp
    epg.funnel_pct: guide_step
    epg.heat_pct: slot, poster, content
    web.funnel_pct: web_step
    interact.funnel_pct: interaction_step
    interact.vote_share_pct: option
    ad.level_mix_pct: unit, unit_level
    ");
}
