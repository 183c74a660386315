import { z } from 'zod'
import { ADDRESSES } from './addresses.ts'
import { instantMs, slug, workspaceParams } from './fields.ts'
import { journeyMap, mapBody, mapProposal } from './map-fields.ts'
import { route } from './route.ts'
import { entityId } from './touchpoint-fields.ts'

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
