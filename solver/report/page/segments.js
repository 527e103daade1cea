// The state of a segment at a boundary, from the dates of the works on it.
const STATE = { UNTOUCHED: 0, WAITING: 1, AT_WORK: 2, CLOSED: 3, DONE: 4 }
const stateNames = ['No work in this plan', 'Waiting for its work', 'Under work', 'Closed for work', 'Work finished']

function segmentState(segment, at) {
  const list = worksOnSegment[segment]
  let state = list.length === 0 ? STATE.UNTOUCHED : STATE.DONE
  for (const work of list) {
    if (at < works.start[work]) {
      return state === STATE.AT_WORK || state === STATE.CLOSED ? state : STATE.WAITING
    }
    if (at < works.finish[work]) {
      state = works.factor[work] === 0 && productivity(work, at) > 0 ? STATE.CLOSED : STATE.AT_WORK
    }
  }
  return state
}

// True once there are rails.
function stands(segment, at) {
  return segments.capacity[segment] > 0 || worksOnSegment[segment].some(work =>
    works.kind[work] === KIND.build && works.finish[work] <= at)
}

const lengthOf = segment => segments.to_km[segment] - segments.from_km[segment]
const linkStands = (link, at) => segmentsOfLink[link].every(segment => stands(segment, at))
const workState = (work, at) => (at < works.start[work] ? 'waiting' : at >= works.finish[work] ? 'finished'
  : productivity(work, at) === 0 ? 'at rest' : 'under work')
