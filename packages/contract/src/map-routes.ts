import { z } from 'zod'
import { ADDRESSES } from './addresses.ts'
import { instantMs, queryInt, slug, workspaceParams } from './fields.ts'
import {
  editAnswer,
  editingClient,
  loggedEdit,
  mapDocument,
  numberedEdit,
} from './map-document-fields.ts'
import { journeyMap, mapBody, mapProposal } from './map-fields.ts'
import { route } from './route.ts'
import { entityId } from './touchpoint-fields.ts'

const MOST_EDITS = 2_147_483_647

/** How many edits had been made, in a query string. */
const editCount = queryInt.pipe(z.int().min(0).max(MOST_EDITS))

const mapParams = z.strictObject({ workspace: slug, mapId: entityId })

export const mapRoutes = {
  maps: route({
    ...ADDRESSES.maps,
    access: 'viewer',
    summary: 'The workspace’s maps, the oldest first',
    tag: 'Maps',
    params: workspaceParams,
    answer: z.array(
      z.strictObject({
        id: entityId,
        name: z.string(),
        steps: z.int(),
        windowDays: z.int(),
        version: z.int(),
        updatedMs: instantMs,
      }),
    ),
  }),
  map: route({
    ...ADDRESSES.map,
    access: 'viewer',
    summary: 'One map as it is drawn',
    tag: 'Maps',
    params: mapParams,
    answer: journeyMap,
    problems: ['not-found'],
  }),
  createMap: route({
    ...ADDRESSES.createMap,
    access: 'editor',
    summary: 'Draw a map',
    tag: 'Maps',
    params: workspaceParams,
    body: mapBody,
    answer: journeyMap,
    status: 201,
  }),
  changeMap: route({
    ...ADDRESSES.changeMap,
    access: 'editor',
    summary: 'Change a map',
    tag: 'Maps',
    params: mapParams,
    body: mapBody.extend({
      /** The version that was edited: refused when somebody else changed it meanwhile. */
      version: z.int(),
    }),
    answer: journeyMap,
    problems: ['not-found', 'changed-meanwhile'],
  }),
  mapDocument: route({
    ...ADDRESSES.mapDocument,
    access: 'viewer',
    summary: 'Everything that a map holds: stages, lanes, steps, cards, comments, as rows',
    tag: 'Maps',
    params: mapParams,
    query: z.strictObject({
      /** As it was when so many edits had been made; left out: now. */
      version: editCount.exactOptional(),
    }),
    answer: z.strictObject({
      /** How many edits made it. */
      version: z.int(),
      document: mapDocument,
    }),
    problems: ['not-found'],
  }),
  mapEdits: route({
    ...ADDRESSES.mapEdits,
    access: 'viewer',
    summary: 'What was changed on a map behind a version, and by whom; at most 1,000 edits at once',
    tag: 'Maps',
    params: mapParams,
    query: z.strictObject({ after: editCount }),
    answer: z.strictObject({
      /** The one that stands; there is more to read while the last edit is of an earlier one. */
      version: z.int(),
      edits: z.array(loggedEdit),
    }),
    problems: ['not-found'],
  }),
  editMap: route({
    ...ADDRESSES.editMap,
    access: 'editor',
    summary: 'Edit a map: each edit is done whole or refused, and once, however often it is sent',
    tag: 'Maps',
    params: mapParams,
    body: z.strictObject({
      client: editingClient,
      edits: z.array(numberedEdit).min(1).max(1000),
    }),
    limitBytes: 10_000_000,
    answer: z.strictObject({
      version: z.int(),
      /** In the order in which they were sent. */
      answers: z.array(editAnswer),
    }),
    problems: ['not-found'],
  }),
  restoreMap: route({
    ...ADDRESSES.restoreMap,
    access: 'editor',
    summary: 'Make a map again what it was: an edit like any other, which can be taken back',
    tag: 'Maps',
    params: mapParams,
    body: z.strictObject({
      /** As it was when so many edits had been made. */
      version: z.int().min(0).max(MOST_EDITS),
    }),
    answer: z.strictObject({ version: z.int() }),
    problems: ['not-found'],
  }),
  deleteMap: route({
    ...ADDRESSES.deleteMap,
    access: 'editor',
    summary: 'Delete a map that no other one links to; its touchpoints stay',
    tag: 'Maps',
    params: mapParams,
    problems: ['not-found', 'in-use'],
  }),
  proposeMap: route({
    ...ADDRESSES.proposeMap,
    asks: true,
    access: 'viewer',
    summary: 'A map made from the events: touchpoints, stages, order, goal and value',
    tag: 'Maps',
    params: workspaceParams,
    answer: mapProposal,
    problems: ['no-events'],
  }),
  acceptMap: route({
    ...ADDRESSES.acceptMap,
    access: 'editor',
    summary: 'Take a proposal, as it is or changed: its touchpoints and the map are kept',
    tag: 'Maps',
    params: workspaceParams,
    body: z.strictObject({
      proposal: mapProposal,
      /** The map that the proposal takes the place of, at the version that was looked at; left out: a new map. */
      replaces: z.strictObject({ mapId: entityId, version: z.int() }).exactOptional(),
    }),
    answer: z.strictObject({ mapId: entityId }),
    problems: ['not-found', 'changed-meanwhile'],
    status: 201,
  }),
}
