//! People where the blocks do not tell them: of a raster, or a total spread by floor area.

use std::collections::BTreeMap;

use super::{Block, PlacesError, Samples};
use crate::notice::{Notice, Notices};
use crate::plane::Area;
use crate::raster::{Cell, Raster, Window};
use crate::units::{Land, People, weighted_shares};

/// No cell of a raster holds more people; larger numbers stand for nothing.
const LARGEST: f64 = 1e9;

/// A cell in which samples lie.
#[derive(Default)]
struct Peopled {
    /// Its samples, ascending.
    samples: Vec<usize>,
    /// Its people, as the raster has them.
    people: f64,
}

/// Shares the people of every cell among the samples in it by their land, to the last
/// unit; the blocks have the sums. Cells are people in thousandths, rounded so that their
/// sum is right (largest remainder, ties by the cell). A block of which no sample lies on
/// the raster keeps its people unknown. What lies in cells without a sample is lost and
/// noted, in the study area where there is one.
///
/// # Errors
/// Where no sample lies on the raster, or its file is damaged.
pub fn spread_raster(
    raster: &mut Raster,
    blocks: &mut [Block],
    samples: &mut Samples,
    study_area: Option<&Area>,
) -> Result<Notices, PlacesError> {
    let mut notices = Notices::default();
    let mut cells: BTreeMap<Cell, Peopled> = BTreeMap::new();
    for (number, sample) in samples.all().iter().enumerate() {
        if let Some(cell) = raster.cell(sample.at) {
            cells.entry(cell).or_default().samples.push(number);
        } else {
            let block = &blocks[sample.block as usize].id;
            notices.note(Notice::BeyondRaster, block.clone());
        }
    }
    let Some(window) = Window::around(cells.keys().copied()) else {
        return Err(PlacesError::BeyondRaster {
            file: raster.file().to_owned(),
        });
    };
    let lost = read(raster, &window, &mut cells, study_area, &mut notices)?;
    let figures: Vec<f64> = cells.values().map(|cell| cell.people * 1e3).collect();
    for (cell, units) in cells.values().zip(whole_units(&figures)) {
        let land = |&sample: &usize| samples.all()[sample].land.square_decimetres();
        let land: Vec<u64> = cell.samples.iter().map(land).collect();
        for (&sample, share) in cell.samples.iter().zip(weighted_shares(units, &land)) {
            let block = samples.all()[sample].block as usize;
            let people = People::from_thousandths(share);
            samples.settle(sample, people);
            *blocks[block].people.get_or_insert_default() += people;
        }
    }
    if lost.cells > 0 {
        let people = (lost.people.round() as u64).max(1);
        let cells = format!("{}, {} cells", raster.file(), lost.cells);
        notices.add(Notice::PeopleWithoutBlocks, people, cells);
    }
    Ok(notices)
}

/// What lies in cells without a sample.
#[derive(Default)]
struct Lost {
    cells: u64,
    people: f64,
}

fn read(
    raster: &mut Raster,
    window: &Window,
    cells: &mut BTreeMap<Cell, Peopled>,
    study_area: Option<&Area>,
    notices: &mut Notices,
) -> Result<Lost, PlacesError> {
    let mut empty: Vec<(Cell, f64)> = Vec::new();
    let file = raster.file().to_owned();
    raster.read(window, &mut |cell, value| {
        let place = || format!("{file}, row {}, column {}", cell.row + 1, cell.column + 1);
        let own = cells.get_mut(&cell);
        if value.is_nan() || value > LARGEST {
            if own.is_some() {
                notices.note(Notice::CellsWithoutData, place());
            }
        } else if value < 0.0 {
            notices.note(Notice::NegativeCells, place());
        } else if let Some(own) = own {
            own.people = value;
        } else if value > 0.0 {
            empty.push((cell, value));
        }
    })?;
    let mut lost = Lost::default();
    // Strips and tiles come in different orders; sums of fractions depend on it.
    empty.sort_unstable_by_key(|(cell, _)| *cell);
    for (cell, people) in empty {
        let inside = |area: &Area| raster.middle(cell).is_some_and(|at| area.holds(at));
        if study_area.is_none_or(inside) {
            lost.cells += 1;
            lost.people += people;
        }
    }
    Ok(lost)
}

/// Whole numbers of which each is its figure rounded up or down, and the sum is the
/// rounded sum of the figures (largest remainder, ties by position).
fn whole_units(figures: &[f64]) -> Vec<u64> {
    let total = figures.iter().sum::<f64>().round() as u64;
    let mut whole: Vec<u64> = figures.iter().map(|figure| *figure as u64).collect();
    let missing = total.saturating_sub(whole.iter().sum());
    let mut order: Vec<usize> = (0..figures.len()).collect();
    order.sort_by(|&one, &other| figures[other].fract().total_cmp(&figures[one].fract()));
    for cell in order.into_iter().take(missing as usize) {
        whole[cell] += 1;
    }
    whole
}

/// Spreads a total over blocks by their residential floor area, to the last unit, and
/// within each block among its samples by their land. A block without any has nobody,
/// and is noted.
///
/// # Errors
/// Where no block has any.
pub fn spread_total(
    total: u64,
    floors: &[Land],
    blocks: &mut [Block],
    samples: &mut Samples,
) -> Result<Notices, PlacesError> {
    let mut notices = Notices::default();
    let weights: Vec<u64> = floors
        .iter()
        .map(|floor| floor.square_decimetres())
        .collect();
    if weights.iter().all(|&weight| weight == 0) {
        return Err(PlacesError::NoFloors);
    }
    let shares = weighted_shares(total.saturating_mul(1_000), &weights);
    for (number, (share, &weight)) in shares.into_iter().zip(&weights).enumerate() {
        let block = &mut blocks[number];
        block.people = Some(People::from_thousandths(share));
        if weight == 0 {
            notices.note(Notice::BlocksWithoutFloors, block.id.clone());
        }
        let own = samples.of_block(number);
        let parts: Vec<u64> = samples.all()[own.clone()]
            .iter()
            .map(|sample| sample.weight)
            .collect();
        for (sample, share) in own.zip(weighted_shares(share, &parts)) {
            samples.settle(sample, People::from_thousandths(share));
        }
    }
    Ok(notices)
}

#[cfg(test)]
mod tests {
    use super::whole_units;

    #[test]
    fn fractions_become_whole_numbers_of_the_same_sum() {
        assert_eq!(whole_units(&[1.5, 2.25, 0.25, 3.0]), [2, 2, 0, 3]);
        assert_eq!(whole_units(&[0.3, 0.3, 0.4]), [0, 0, 1]);
        // Ten thousand cells with a fifth of a unit each: a fifth of them has one.
        let whole = whole_units(&vec![0.2; 10_000]);
        assert_eq!(whole.iter().sum::<u64>(), 2_000);
        assert!(whole_units(&[]).is_empty());
    }
}
