//! Longitude and latitude the wrong way round, where both orders are places on the globe:
//! told by where the extract lies.

use super::StudyError;
use crate::plane::LonLat;
use crate::table::Source;

/// Refuses a table of which nothing lies within the box of the data, and most would if
/// the two were swapped.
pub(super) fn check(
    source: Option<&Source>,
    places: impl Iterator<Item = LonLat>,
    data: Option<(LonLat, LonLat)>,
) -> Result<(), StudyError> {
    let (Some(source), Some((low, high))) = (source, data) else {
        return Ok(());
    };
    let inside = |place: LonLat| {
        (low.lon..=high.lon).contains(&place.lon) && (low.lat..=high.lat).contains(&place.lat)
    };
    let (mut all, mut as_given, mut turned) = (0_u64, 0_u64, 0_u64);
    for place in places {
        let other = LonLat {
            lon: place.lat,
            lat: place.lon,
        };
        all += 1;
        as_given += u64::from(inside(place));
        turned += u64::from(inside(other));
    }
    if as_given == 0 && turned * 2 > all {
        return Err(StudyError::Swapped {
            file: source.path.display().to_string(),
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn most_must_lie_in_the_data_the_other_way_round_and_none_as_it_is() {
        let place = |lon, lat| LonLat { lon, lat };
        let source = Source::from(Path::new("设施.csv"));
        let data = Some((place(-160, 270), place(-150, 290)));
        let refused =
            |places: &[LonLat]| check(Some(&source), places.iter().copied(), data).is_err();
        let (right, wrong, far) = (place(-155, 280), place(280, -155), place(0, 0));
        assert!(refused(&[wrong]) && refused(&[wrong, wrong, far]));
        assert!(!refused(&[wrong, far]) && !refused(&[wrong, wrong, right]));
        assert!(!refused(&[right]) && !refused(&[far]) && !refused(&[]));
        assert!(check(None, [wrong].into_iter(), data).is_ok());
        assert!(check(Some(&source), [wrong].into_iter(), None).is_ok());
    }
}
