// The heading: what plan this is, in a sentence, and its figures as tiles.
function drawHead() {
  const { value, bound, terms } = programme
  find('h1').append(element('span.name', clean(programme.title)))
  const gap = Math.abs(bound - value)
  const share = `${number(programme.gap_percent, 1)} %`
  let lead
  if (isMakespan) {
    lead = `All works are done after ${number(value)} periods` + (programme.outcome === 'optimal'
      ? ', and it is proven that no plan is sooner.' : `: at most ${number(gap)}, or ${share}, more than the best possible.`)
  } else if (programme.outcome === 'optimal') {
    lead = `This plan is worth ${millions(value)}, and it is proven that no plan is worth more.`
  } else {
    const of = terms.cost > 0 ? 'the programme’s cost' : 'its value'
    lead = `This plan is worth ${millions(value)}. `
      + `It is proven to be at most ${millions(gap)}, ${share} of ${of}, below the best possible.`
  }
  find('.lead').textContent = lead
  find('.about').append(
    `${isoDate(programme.start)} – ${isoDate(programme.end)}. `,
    programme.feasible ? 'Feasible: every rule was verified again for this page. Instance ' : 'Not feasible. Instance ',
    element('span.name', clean(programme.name)), '.')
  find('.tiles').append(...targetTiles(), ...figureTiles())
}

const tile = (what, much, unit, ...more) => element('li.tile', [
  element('div.what', what),
  element('div.much', [much, ' ', element('small', unit)]), ...more])

function targetTiles() {
  return data.targets.slice(0, 4).map(target => {
    const names = target.kinds.map(kind => ['repaired', 'built', 'upgraded', 'of facilities'][kind])
    const met = target.km >= target.wanted_km - 1e-6
    const bar = element('progress', [], { max: target.wanted_km, value: Math.min(target.km, target.wanted_km) })
    bar.classList.toggle('short', !met)
    bar.setAttribute('aria-label', `${number(target.km)} of ${number(target.wanted_km)} km`)
    return tile(sentence(names.join(' and ')), number(target.km), `of ${number(target.wanted_km)} km`, bar,
      met ? element('div.more.met', `Reached ${isoDate(target.reached)}, due ${isoDate(target.by)}`)
        : element('div.more.missed', `${number(target.wanted_km - target.km)} km short on ${isoDate(target.by)}`))
  })
}

function figureTiles() {
  const paid = d3.sum(data.years, year => year.paid)
  const left = programme.works - programme.works_done
  const tiles = []
  if (data.targets.length === 0 && links.id.length > 0) {
    tiles.push(tile('Repaired and built', number(programme.km_repaired + programme.km_built), 'km',
      element('div.more', `${number(programme.km_repaired)} km repaired, ${number(programme.km_built)} km built`)))
  }
  tiles.push(tile('Works done', number(programme.works_done), `of ${number(programme.works)}`,
    element('div.more', left === 0 ? 'None is left out' : `${number(left)} left out`)))
  if (paid > 0) {
    tiles.push(tile('Paid for works', ...split(money(paid)),
      element('div.more', `${millions(programme.terms.cost)} when discounted`)))
  }
  const first = data.years[0]
  const delivered = d3.sum(data.years, year => year.delivered)
  const last = data.years[data.years.length - 1]
  if (!isMakespan && delivered > 0) {
    const yearly = year => year.delivered / ((year.end - year.begin) * programme.period_days / 365.25)
    tiles.push(tile(`Freight in ${last.year}`, number(yearly(last)), 'Mt a year',
      element('div.more', `${number(yearly(first))} in ${first.year}; ${number(delivered)} Mt in all`)))
  }
  return tiles
}

// '11.6 bn USD' as number and unit.
function split(text) {
  const at = text.indexOf(' ')
  return [text.slice(0, at), text.slice(at + 1)]
}
