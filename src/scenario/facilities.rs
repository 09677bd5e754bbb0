//! Facilities that are added, closed, moved and changed.

use std::sync::Arc;

use super::change::{AddFacility, ChangeFacility, MoveFacility, SizeGiven, Which};
use super::work::Work;
use super::{Bad, Change, Place};
use crate::places::{self, CategoryId, Facility, Origin, Shape, Size};
use crate::spelling::nearest;
use crate::study::entered;
use crate::units::Land;

/// A facility that is meant by its name lies at most so far from where it should be near.
///
/// # Units
/// Metres.
const NEAR: f64 = 500.0;

/// So many ids of facilities of one name are told.
const TOLD: usize = 5;

/// A facility once other doors of it are known. Where all around was taken for an entrance it
/// is one still: a gate takes nothing away.
pub(super) fn entered_too(was: &Facility, is: Facility) -> Facility {
    if !was.entrances_assumed || is.entrances_assumed {
        return is;
    }
    let mut entrances = was.entrances.clone();
    entrances.extend_from_slice(&is.entrances);
    Facility { entrances, ..is }
}

impl Work<'_> {
    /// Changes the facilities, one change after the other.
    pub fn facilities(&mut self) {
        let changes = self.changes(|change| match change {
            Change::AddFacility(_)
            | Change::CloseFacility(_)
            | Change::MoveFacility(_)
            | Change::ChangeFacility(_) => Some(change),
            _ => None,
        });
        for (planned, change) in changes {
            let made = match change {
                Change::AddFacility(added) => self.add_facility(planned.line, added),
                Change::CloseFacility(closed) => self.close_facility(&closed.which),
                Change::MoveFacility(moved) => self.move_facility(moved),
                Change::ChangeFacility(changed) => self.change_facility(changed),
                _ => Ok(()),
            };
            self.tried(planned, made);
        }
    }

    fn add_facility(&mut self, line: usize, added: &AddFacility) -> Result<(), Bad> {
        let known = &self.survey.city.facilities;
        let Err(at) = known.binary_search_by(|known| known.id.as_str().cmp(&added.id)) else {
            return Err(Bad::KnownId(added.id.clone()));
        };
        if added.id.trim().is_empty() {
            return Err(Bad::Head("id"));
        }
        let shape = self.shape(added.at, added.area.as_deref(), &["at", "area"])?;
        let mut size = Size::of_shape(&shape);
        resize(&mut size, &added.size)?;
        let facility = Facility {
            id: added.id.clone(),
            name: added.name.clone(),
            categories: self.categories(&added.categories)?,
            size,
            origin: Origin::Table(line as u64),
            entrances: Vec::new(),
            entrances_assumed: false,
            shape,
        };
        let facility = self.entered(facility);
        Arc::make_mut(&mut self.survey.city.facilities).insert(at, facility);
        Ok(())
    }

    fn close_facility(&mut self, which: &Which) -> Result<(), Bad> {
        let at = self.which(which)?;
        Arc::make_mut(&mut self.survey.city.facilities).remove(at);
        Ok(())
    }

    fn move_facility(&mut self, moved: &MoveFacility) -> Result<(), Bad> {
        let at = self.which(&moved.which)?;
        let shape = self.shape(moved.to, moved.to_area.as_deref(), &["to", "to_area"])?;
        let known = &self.survey.city.facilities[at];
        let mut size = known.size.clone();
        // Its land was that of its outline.
        if size.land == Size::of_shape(&known.shape).land {
            size.land = Size::of_shape(&shape).land.or(size.land);
        }
        let facility = Facility {
            shape,
            size,
            ..known.clone()
        };
        let facility = self.entered(facility);
        Arc::make_mut(&mut self.survey.city.facilities)[at] = facility;
        Ok(())
    }

    fn change_facility(&mut self, changed: &ChangeFacility) -> Result<(), Bad> {
        let at = self.which(&changed.which)?;
        if changed.categories.is_none() && changed.size == SizeGiven::default() {
            return Err(Bad::NothingChanged);
        }
        let mut facility = self.survey.city.facilities[at].clone();
        if let Some(words) = &changed.categories {
            facility.categories = self.categories(words)?;
        }
        resize(&mut facility.size, &changed.size)?;
        Arc::make_mut(&mut self.survey.city.facilities)[at] = facility;
        Ok(())
    }

    /// The same facility with where it is entered: as of one that was read.
    pub(super) fn entered(&self, facility: Facility) -> Facility {
        let (entrances, entrances_assumed) = places::entrances(&facility.shape);
        let facility = Facility {
            entrances,
            entrances_assumed,
            ..facility
        };
        entered(vec![facility], &self.survey.city.entries).swap_remove(0)
    }

    /// A point, or an outline.
    fn shape(
        &self,
        at: Option<Place>,
        area: Option<&[Place]>,
        fields: &'static [&'static str],
    ) -> Result<Shape, Bad> {
        match (at, area) {
            (Some(at), None) => self.place(at).map(Shape::Point),
            (None, Some(ring)) => self.area(ring).map(Shape::Area),
            _ => Err(Bad::OneOf(fields)),
        }
    }

    /// What words stand for; ascending.
    fn categories(&self, words: &[String]) -> Result<Vec<CategoryId>, Bad> {
        let catalog = &self.base.inquiry.catalog;
        let mut categories = Vec::new();
        for word in words {
            let known = catalog.all_named(word);
            if known.is_empty() {
                return Err(Bad::Category {
                    word: word.chars().take(60).collect(),
                    nearest: catalog.nearest_word(word).map(str::to_owned),
                });
            }
            categories.extend(known);
        }
        categories.sort_unstable();
        categories.dedup();
        if categories.is_empty() {
            return Err(Bad::NoCategory);
        }
        Ok(categories)
    }

    /// The facility that is meant, as an index.
    fn which(&self, which: &Which) -> Result<usize, Bad> {
        let facilities = &self.survey.city.facilities;
        match (&which.id, &which.named) {
            (Some(id), None) => {
                let found = facilities.binary_search_by(|known| known.id.as_str().cmp(id));
                let at = found.map_err(|_| Bad::NoSuch {
                    id: id.clone(),
                    nearest: nearest(id, facilities.iter().map(|known| &*known.id))
                        .map(str::to_owned),
                })?;
                let near = which.near.map(|near| self.place(near)).transpose()?;
                near.map_or(Ok(at), |near| self.checked(at, near))
            }
            (None, Some(name)) => self.named(name, which.near),
            _ => Err(Bad::OneOf(&["id", "named"])),
        }
    }

    fn named(&self, name: &str, near: Option<Place>) -> Result<usize, Bad> {
        let facilities = self.survey.city.facilities.iter();
        let named = facilities.clone().enumerate();
        let named = named.filter(|(_, known)| known.name.as_deref() == Some(name));
        let named: Vec<usize> = named.map(|(at, _)| at).collect();
        let Some(&first) = named.first() else {
            let names = facilities.filter_map(|known| known.name.as_deref());
            return Err(Bad::NoName {
                name: name.to_owned(),
                nearest: nearest(name, names).map(str::to_owned),
            });
        };
        let Some(near) = near else {
            if named.len() > 1 {
                let id = |&at: &usize| self.survey.city.facilities[at].id.clone();
                return Err(Bad::ManyNames {
                    name: name.to_owned(),
                    ids: named.iter().take(TOLD).map(id).collect(),
                });
            }
            return Ok(first);
        };
        let near = self.place(near)?;
        let metres = |at: &usize| {
            let shape = &self.survey.city.facilities[*at].shape;
            (shape.distance_metres(near) * 1_000.0).round() as u64
        };
        let at = named.into_iter().min_by_key(metres).unwrap_or(first);
        self.checked(at, near)
    }

    /// The facility, where it lies near a place.
    fn checked(&self, at: usize, near: crate::plane::LonLat) -> Result<usize, Bad> {
        let facility = &self.survey.city.facilities[at];
        let metres = facility.shape.distance_metres(near);
        if metres > NEAR {
            return Err(Bad::FarFacility {
                id: facility.id.clone(),
                metres: metres.round() as u64,
            });
        }
        Ok(at)
    }
}

/// Takes over what is given of a size.
fn resize(size: &mut Size, given: &SizeGiven) -> Result<(), Bad> {
    let land = |field, metres: Option<f64>| {
        let land = |metres| Land::from_square_metres(metres).ok_or(Bad::Number(field));
        metres.map(land).transpose()
    };
    let capacity = given.capacity;
    if capacity.is_some_and(|capacity| !capacity.is_finite() || capacity < 0.0) {
        return Err(Bad::Number("capacity"));
    }
    let given = Size {
        area: land("size_m2", given.size_m2)?,
        floor: land("floor_m2", given.floor_m2)?,
        land: land("land_m2", given.land_m2)?,
        beds: given.beds,
        capacity,
        class: given.class.clone(),
    };
    let known = std::mem::replace(size, given);
    size.complete(&known);
    Ok(())
}
