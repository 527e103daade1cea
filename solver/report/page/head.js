// The heading: the answer in a few sentences, and its figures as tiles.
function drawHead() {
  find('h1').append(element('span.name', clean(programme.title)))
  find('.lead').textContent = isMakespan ? leadMakespan() : leadDone()
  find('.worth').textContent = isMakespan ? '' : leadWorth()
  find('.sure').textContent = leadSure()
  find('.about').append(
    `${isoDate(programme.start)} – ${isoDate(programme.end)}. `,
    programme.feasible ? 'Feasible: every rule was verified again for this page. Instance ' : 'Not feasible. Instance ',
    element('span.name', clean(programme.name)), '.')
  find('.tiles').append(...targetTiles(), ...figureTiles())
}

function leadMakespan() {
  const { value, bound } = programme
  return `All works are done after ${number(value)} periods` + (programme.outcome === 'optimal'
    ? ', and it is proven that no plan is sooner.'
    : `: at most ${number(Math.abs(bound - value))}, or ${number(programme.gap_percent, 1)} %, more than the best possible.`)
}

const isMet = target => target.km >= target.wanted_km - 1e-6
const paidInAll = d3.sum(data.years, year => year.paid)
const verbs = ['repairs', 'builds', 'upgrades', 'builds facilities of']

// What is done by when, for how much, and what freight goes on meanwhile.
function leadDone() {
  const { targets } = data
  const byOneDay = targets.length > 0 && targets.every(target => target.by === targets[0].by)
  const clauses = targets.slice(0, 4).map(target =>
    `${target.kinds.map(kind => verbs[kind]).join(' and ')} ${number(target.km)} km `
    + `(${number(target.wanted_km)} asked${isMet(target) ? '' : `, ${number(target.wanted_km - target.km)} short`}`
    + `${byOneDay ? '' : ` by ${isoDate(target.by)}`})`)
  const done = clauses.length > 0 ? listed(clauses)
    : `does ${number(programme.works_done)} of ${number(programme.works)} works`
  const cost = paidInAll > 0 ? ` for ${money(paidInAll)}` : ''
  return `${byOneDay ? `By ${isoDate(targets[0].by)} this` : 'This'} plan ${done}${cost}.${leadFreight()}`
}

const freightOf = (key, year) => d3.sum(freight, group => d3.mean(group[key].slice(year.begin, year.end)) || 0)
// A share that is not quite all is never called all.
const percent = share => (share >= 1 ? '100' : number(Math.floor(1000 * share) / 10, share > 0.995 ? 1 : 0))

function leadFreight() {
  const delivered = d3.sum(freight, group => d3.sum(group.delivered))
  if (!(delivered > 0)) {
    return ''
  }
  const wanted = d3.sum(freight, group => d3.sum(group.wanted))
  const [first, last] = [data.years[0], data.years[data.years.length - 1]]
  return ` Meanwhile ${percent(delivered / wanted)} % of the freight is carried: `
    + `${brief(freightOf('delivered', first))} Mt a year in ${first.year}, ${brief(freightOf('delivered', last))} in ${last.year}.`
}

// What the value is, and what the proof says.
function leadWorth() {
  const { value, bound, terms } = programme
  const years = programme.terminal_years > 0 ? ` and the ${number(programme.terminal_years)} years after` : ''
  const worth = `The freight of the programme${years}, less what the works cost, is worth ${money(value)} in money of the first day.`
  if (programme.outcome === 'optimal') {
    return `${worth} It is proven that no plan is worth more.`
  }
  const of = terms.cost > 0 ? 'of what the works cost' : 'of its value'
  return `${worth} It is proven to be at most ${money(Math.abs(bound - value))}, ${number(programme.gap_percent, 1)} % ${of}, `
    + 'below the best possible: no plan whatever gains more than that.'
}

function leadSure() {
  if (!data.risk || data.risk.targets.length === 0) {
    return isMakespan || data.targets.length === 0 ? ''
      : 'How sure the dates are is not on this page: ganger risk tells, and ganger report --risk puts it here.'
  }
  const least = leastSure()
  return `If works are late as works often are, and nobody plans anew, ${riskName(least)} is reached in time in `
    + `${chance(least)} of 100 cases${least.p50 ? `; in half of the cases by ${isoDate(least.p50)}` : ''}.`
}

// The target that is least likely to be reached in time.
const leastSure = () => [...data.risk.targets].sort((a, b) =>
  (a.probability || 0) - (b.probability || 0) || String(b.p50 || '9').localeCompare(String(a.p50 || '9')))[0]
// Of so many samples no more is known than that it is less than one in a hundred.
const chance = row => {
  const share = 100 * (row.probability || 0)
  return share < 1 ? 'fewer than 1' : share > 99 && share < 100 ? 'more than 99' : number(share)
}
const riskName = row => {
  const target = data.targets.find(known => known.id === row.target)
  return target ? targetName(target) : clean(row.target)
}
const targetName = target => `the target of ${number(target.wanted_km)} km ${target.kinds.map(kind => doneNames[kind]).join(' and ')}`
const doneNames = ['repaired', 'built', 'upgraded', 'of facilities']

const tile = (what, much, unit, ...more) => element('li.tile', [
  element('div.what', what),
  element('div.much', [much, ' ', element('small', unit)]), ...more])

function targetTiles() {
  return data.targets.slice(0, 4).map(target => {
    const names = target.kinds.map(kind => doneNames[kind])
    const bar = element('progress', [], { max: target.wanted_km, value: Math.min(target.km, target.wanted_km) })
    bar.classList.toggle('short', !isMet(target))
    bar.setAttribute('aria-label', `${number(target.km)} of ${number(target.wanted_km)} km`)
    return tile(`${sentence(names.join(' and '))}, km`, number(target.km), `of ${number(target.wanted_km)}`, bar,
      isMet(target) ? element('div.more.met', `Reached ${isoDate(target.reached)}, due ${isoDate(target.by)}`)
        : element('div.more.missed', `${number(target.wanted_km - target.km)} km short on ${isoDate(target.by)}`))
  })
}

function sureTile() {
  const least = leastSure()
  const poor = (least.probability || 0) < 0.5
  return tile('Chance of being in time', (least.probability || 0) < 0.01 ? '< 1' : number(100 * least.probability), '%',
    element(`div.more${poor ? '.missed' : ''}`, least.p80 ? `In 80 of 100 cases by ${isoDate(least.p80)}` : 'Often not within sight'))
}

function figureTiles() {
  const left = programme.works - programme.works_done
  const tiles = []
  if (data.targets.length === 0 && links.id.length > 0) {
    tiles.push(tile('Repaired and built', number(programme.km_repaired + programme.km_built), 'km',
      element('div.more', `${number(programme.km_repaired)} km repaired, ${number(programme.km_built)} km built`)))
  }
  if (data.risk && data.risk.targets.length > 0) {
    tiles.push(sureTile())
  }
  if (paidInAll > 0) {
    tiles.push(tile('Paid for works', ...split(money(paidInAll)),
      element('div.more', `${money(programme.terms.cost)} in money of the first day`)))
  }
  const first = data.years[0]
  const last = data.years[data.years.length - 1]
  if (!isMakespan && freight.some(group => d3.sum(group.delivered) > 0)) {
    tiles.push(tile(`Freight in ${last.year}`, brief(freightOf('delivered', last)), 'Mt a year',
      element('div.more', `of ${brief(freightOf('wanted', last))} wanted; ${brief(freightOf('delivered', first))} in ${first.year}`)))
  }
  tiles.push(tile('Works done', number(programme.works_done), `of ${number(programme.works)}`,
    element('div.more', left === 0 ? 'None is left out' : `${number(left)} left out`)))
  return tiles
}

// '11.6 bn USD' as number and unit.
function split(text) {
  const at = text.indexOf(' ')
  return [text.slice(0, at), text.slice(at + 1)]
}
