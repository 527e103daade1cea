// What is known of a link or a work: in the tip on the map and beside it.
function describeLink(link, at) {
  const frame = frameAt(at)
  const capacity = states.capacity[link][frame]
  const there = states.there[link][frame]
  const back = states.back[link][frame]
  const from = nameOf(data.nodes, links.from[link])
  const to = nameOf(data.nodes, links.to[link])
  const onIt = worksOnLink[link].filter(work => works.start[work] <= at && at < works.finish[work])
  const state = !linkStands(link, at) ? 'Not built yet' : capacity === 0 ? 'Closed'
    : states.full[link][frame] === 1 ? 'Full: a bottleneck' : null
  return [
    element('b.name', nameOf(links, link)),
    pairs([
      ...(state ? [['State', state]] : []),
      ['Length', `${number(links.length_km[link])} km`],
      ['Capacity each way', `${brief(capacity)} Mt a year`],
      [`To ${to}`, `${brief(there)} Mt a year`],
      [`To ${from}`, `${brief(back)} Mt a year`],
      ...(capacity > 0 ? [['In use', `${number(100 * Math.max(there, back) / capacity)} %`]] : []),
      ...onIt.slice(0, 3).map(work => [kindNames[works.kind[work]], `until ${date(dayBefore(works.finish[work]))}`]),
      ...(onIt.length > 3 ? [['More works', String(onIt.length - 3)]] : []),
    ]),
  ]
}

function describeWork(work) {
  const gangs = []
  for (let i = 0; i < works.uses[work].length; i += 2) {
    gangs.push(`${works.uses[work][i + 1]} × ${nameOf(data.resources, works.uses[work][i])}`)
  }
  return [
    element('b.name', nameOf(works, work)),
    pairs([
      ['Id', clean(works.id[work])],
      ['Kind', kindNames[works.kind[work]]],
      ...(works.km[work] > 0 ? [['Length', `${brief(works.km[work])} km`]] : []),
      ...(isDone(work) ? [['Begins', date(dayAfter(works.start[work]))], ['Ends', date(dayBefore(works.finish[work]))],
        ['On the date shown', workState(work, shared.at)]] : [['In this plan', 'left out']]),
      ['Mode', spaced(works.mode[work])],
      ...(works.segment[work] >= 0 ? [['Capacity meanwhile', `${number(100 * works.factor[work])} %`]] : []),
      ...(works.cost[work] > 0 ? [['Cost', `${brief(works.cost[work])} M ${currency}`]] : []),
      ...(works.gain[work] > 0 ? [['Adds', `${brief(works.gain[work])} Mt a year`]] : []),
      ...(works.project[work] ? [['Project', clean(works.project[work])]] : []),
    ]),
    gangs.length > 0 ? element('p.hint', `Needs ${gangs.join(', ')}`) : null,
  ]
}

function startDetails() {
  const place = find('.details')
  function update() {
    if (shared.work >= 0) {
      const back = shared.link >= 0 ? element('button', 'The whole line', { type: 'button' }) : null
      if (back) {
        back.addEventListener('click', () => chooseLink(shared.link))
      }
      place.replaceChildren(...describeWork(shared.work).filter(Boolean), ...(back ? [back] : []))
    } else if (shared.link >= 0) {
      const list = worksOnLink[shared.link].map(workItem)
      place.replaceChildren(...describeLink(shared.link, shared.at), list.length > 0 ? element('ul.works', list)
        : element('p.hint', 'No work on it in this plan.'))
      if (list.length > 0) {
        const show = element('button', 'Show in the schedule', { type: 'button' })
        show.addEventListener('click', () => showInGantt(worksOnLink[shared.link]))
        place.append(show)
      }
    } else {
      place.replaceChildren(element('p.hint', 'Choose a line on the map, or a work in the schedule below.'))
    }
  }
  on('choice', update)
  on('time', oncePerFrame(() => {
    if (shared.link >= 0 || shared.work >= 0) {
      update()
    }
  }))
  update()
}

function workItem(work) {
  const button = workButton(work)
  return element('li', [button, ' ', element('span', span(work))])
}

// The name of a work that chooses it.
function workButton(work) {
  const button = element('button.link.name', nameOf(works, work), { type: 'button' })
  button.addEventListener('click', () => {
    chooseWork(work)
    if (isDone(work)) {
      showInGantt([work])
    }
  })
  return button
}

// The name of a link, from a row with its id and name, that chooses it on the map.
const linkById = new Map(links.id.map((id, link) => [id, link]))
function linkButton(row) {
  const button = element('button.link.name', clean(row.name), { type: 'button' })
  button.addEventListener('click', () => {
    chooseLink(linkById.get(row.id))
    find('#map').scrollIntoView()
  })
  return button
}
