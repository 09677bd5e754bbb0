//! One line per rule of the table.

use super::*;
use crate::osm::Tags;

fn tags(text: &str) -> Tags {
    Tags::new(
        text.split_whitespace()
            .filter_map(|pair| pair.split_once('=')),
    )
}

fn way(text: &str) -> Verdict {
    AccessRules::builtin().way(&tags(text))
}

fn refused(text: &str) -> Option<Refusal> {
    match way(text) {
        Verdict::Refused(reason) => Some(reason),
        Verdict::NotARoad | Verdict::Walkable(_) | Verdict::Private(_) => None,
    }
}

fn passage(text: &str) -> Passage {
    match way(text) {
        Verdict::Walkable(passage) => passage,
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn kinds_of_walks() {
    for (text, kind) in [
        ("highway=primary", WalkKind::Street),
        ("highway=tertiary_link", WalkKind::Street),
        ("highway=trunk", WalkKind::Street),
        ("highway=service", WalkKind::Street),
        ("highway=pedestrian", WalkKind::Footway),
        ("highway=corridor", WalkKind::Footway),
        ("railway=platform", WalkKind::Footway),
        ("public_transport=platform", WalkKind::Footway),
        ("man_made=pier", WalkKind::Footway),
        ("highway=track", WalkKind::Path),
        ("highway=bridleway foot=designated", WalkKind::Path),
        ("highway=cycleway", WalkKind::Cycleway),
        ("highway=steps", WalkKind::Steps),
        ("highway=elevator", WalkKind::Elevator),
    ] {
        assert_eq!(passage(text).class.kind, kind, "{text}");
    }
    assert_eq!(way("building=yes"), Verdict::NotARoad);
    assert_eq!(way("waterway=river"), Verdict::NotARoad);
}

#[test]
fn what_is_not_walked_has_a_reason() {
    for (text, reason) in [
        ("highway=motorway", Refusal::NeverWalked),
        ("highway=motorway_link foot=yes", Refusal::NeverWalked),
        ("highway=trunk motorroad=yes", Refusal::NeverWalked),
        ("highway=via_ferrata", Refusal::NeverWalked),
        ("highway=construction", Refusal::Unbuilt),
        ("highway=proposed", Refusal::Unbuilt),
        ("highway=bridleway", Refusal::Bridleway),
        ("highway=cycleway foot=no", Refusal::Closed),
        ("highway=service access=no", Refusal::Closed),
        ("highway=service foot=delivery", Refusal::Closed),
        ("highway=footway foot=use_sidepath", Refusal::Closed),
        ("highway=path access=private foot=no", Refusal::Closed),
        ("route=ferry", Refusal::Ferry),
        ("highway=crossing_of_dreams", Refusal::Unknown),
    ] {
        assert_eq!(refused(text), Some(reason), "{text}");
    }
    let mut rules = AccessRules::builtin();
    rules.trunk = false;
    assert_eq!(
        rules.way(&tags("highway=trunk")),
        Verdict::Refused(Refusal::Trunk)
    );
}

#[test]
fn foot_comes_before_access_and_one_open_value_opens() {
    for text in [
        "highway=service access=private foot=yes",
        "highway=service access=no foot=permissive",
        "highway=service access=customers",
        "highway=service service=private foot=yes",
        "highway=service access=destination",
        "highway=service foot=discouraged",
        "highway=service access=private;yes",
        "highway=service access=unheard_of",
    ] {
        assert_eq!(refused(text), None, "{text}");
    }
}

#[test]
fn private_ways_are_walked_by_those_who_live_there() {
    for (text, kind) in [
        ("highway=service access=private", WalkKind::Street),
        ("highway=service service=private", WalkKind::Street),
        ("highway=service access=private;no", WalkKind::Street),
        ("highway=path access=no foot=private", WalkKind::Path),
        ("highway=track access=forestry", WalkKind::Path),
        ("highway=steps access=permit", WalkKind::Steps),
    ] {
        match way(text) {
            Verdict::Private(passage) => assert_eq!(passage.class.kind, kind, "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn opening_times_are_open_by_day_and_counted() {
    assert!(passage("highway=footway foot=no foot:conditional=yes@(06:00-22:00)").conditional);
    assert!(passage("highway=footway opening_hours=06:00-22:00").conditional);
    assert!(!passage("highway=footway").conditional);
    let shut_at_night = "highway=service access=private foot:conditional=no@(22:00-06:00)";
    assert!(matches!(way(shut_at_night), Verdict::Private(_)));
    assert!(passage("highway=primary sidewalk:left=separate").sidewalks_apart);
    assert!(!passage("highway=primary sidewalk=both").sidewalks_apart);
}

#[test]
fn directions() {
    for (text, direction) in [
        ("highway=residential oneway=yes", Direction::Both),
        ("highway=footway oneway:foot=yes", Direction::Forward),
        ("highway=footway oneway:foot=-1", Direction::Backward),
        ("highway=footway oneway:foot=no", Direction::Both),
        ("highway=footway foot:backward=no", Direction::Forward),
        ("highway=footway foot:forward=no", Direction::Backward),
        ("highway=steps conveying=forward", Direction::Forward),
        ("highway=steps conveying=backward", Direction::Backward),
        ("highway=steps conveying=reversible", Direction::Both),
        ("highway=footway conveying=forward", Direction::Both),
    ] {
        assert_eq!(passage(text).direction, direction, "{text}");
    }
}

#[test]
fn what_walkers_read() {
    assert_eq!(
        passage("highway=path surface=gravel").class.surface,
        Surface::Gravel
    );
    assert_eq!(
        passage("highway=path surface=mud").class.surface,
        Surface::Loose
    );
    assert_eq!(
        passage("highway=path surface=asphalt").class.surface,
        Surface::Firm
    );
    for (text, wheelchair) in [
        ("highway=path", WheelAccess::Unsaid),
        ("highway=path wheelchair=no", WheelAccess::Closed),
        ("highway=footway kerb=raised", WheelAccess::Closed),
        ("highway=footway incline=9%", WheelAccess::Closed),
        ("highway=footway incline=-9%", WheelAccess::Closed),
        ("highway=footway incline=8%", WheelAccess::Unsaid),
        ("highway=footway incline=5°", WheelAccess::Closed),
        ("highway=footway incline=up", WheelAccess::Unsaid),
        ("highway=steps ramp:wheelchair=yes", WheelAccess::Ramp),
        ("highway=footway ramp:wheelchair=yes", WheelAccess::Unsaid),
    ] {
        assert_eq!(passage(text).class.wheelchair, wheelchair, "{text}");
    }
    assert!(
        passage("highway=steps ramp:stroller=yes")
            .class
            .stroller_ramp
    );
}

#[test]
fn nodes_stop_or_pass() {
    let node = |text: &str| AccessRules::builtin().node(&tags(text));
    for (text, stop) in [
        ("barrier=wall", true),
        ("barrier=fence foot=yes", false),
        ("barrier=yes", true),
        ("barrier=gate", false),
        ("barrier=gate access=private", true),
        ("barrier=gate access=private foot=yes", false),
        ("barrier=gate locked=yes", true),
        ("barrier=gate locked=yes foot=yes", false),
        ("barrier=bollard", false),
        ("locked=yes", true),
        ("barrier=kerb", false),
        // Without a barrier nothing stops: access here speaks of something else.
        ("highway=bus_stop access=private", false),
    ] {
        assert_eq!(node(text).stop, stop, "{text}");
    }
    for (text, admits) in [
        ("barrier=gate", Admits::Everybody),
        ("barrier=gate access=private", Admits::Residents),
        ("barrier=gate access=no", Admits::Nobody),
        ("barrier=gate locked=yes", Admits::Nobody),
        ("barrier=gate access=private locked=yes", Admits::Nobody),
        ("barrier=gate locked=yes foot=yes", Admits::Everybody),
        ("entrance=main", Admits::Everybody),
        ("entrance=yes access=private", Admits::Residents),
        ("entrance=emergency", Admits::Nobody),
        // Whom a bus stop admits is no matter of passing it.
        ("highway=bus_stop access=private", Admits::Everybody),
    ] {
        assert_eq!(node(text).admits, admits, "{text}");
    }
    assert!(node("barrier=gate access=no").shut && !node("barrier=gate access=private").shut);
    assert!(node("barrier=lift_gate").gate && !node("barrier=bollard").gate);
    assert!(node("entrance=main").entrance);
    assert!(node("barrier=stile").wheels_stop && !node("barrier=stile wheelchair=yes").wheels_stop);
    assert!(node("kerb=raised").wheelchair_stop && !node("kerb=raised").wheels_stop);
    assert!(node("kerb=lowered").is_plain());
    assert_eq!(node("highway=crossing").crossing, Some(Crossing::Plain));
    assert_eq!(
        node("highway=crossing crossing=traffic_signals").crossing,
        Some(Crossing::Signals)
    );
    assert!(node("highway=traffic_signals").is_plain());
    assert!(node("highway=elevator").elevator);
}
