import { z } from 'zod'
import { instantMs, slug, workspaceParams } from './fields.ts'
import { journeyMap, mapBody, mapProposal } from './map-fields.ts'
import { route } from './route.ts'
import { entityId } from './touchpoint-fields.ts'

const mapParams = z.strictObject({ workspace: slug, mapId: entityId })

export const mapRoutes = {
  maps: route({
    name: 'maps',
    method: 'GET',
    path: '/api/workspaces/:workspace/maps',
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
    name: 'map',
    method: 'GET',
    path: '/api/workspaces/:workspace/maps/:mapId',
    access: 'viewer',
    summary: 'One map as it is drawn',
    tag: 'Maps',
    params: mapParams,
    answer: journeyMap,
    problems: ['not-found'],
  }),
  createMap: route({
    name: 'createMap',
    method: 'POST',
    path: '/api/workspaces/:workspace/maps',
    access: 'editor',
    summary: 'Draw a map',
    tag: 'Maps',
    params: workspaceParams,
    body: mapBody,
    answer: journeyMap,
    status: 201,
  }),
  changeMap: route({
    name: 'changeMap',
    method: 'PUT',
    path: '/api/workspaces/:workspace/maps/:mapId',
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
    name: 'deleteMap',
    method: 'DELETE',
    path: '/api/workspaces/:workspace/maps/:mapId',
    access: 'editor',
    summary: 'Delete a map; its touchpoints stay',
    tag: 'Maps',
    params: mapParams,
    problems: ['not-found'],
  }),
  proposeMap: route({
    name: 'proposeMap',
    method: 'POST',
    path: '/api/workspaces/:workspace/maps/proposal',
    access: 'viewer',
    summary: 'A map made from the events: touchpoints, stages, order, goal and value',
    tag: 'Maps',
    params: workspaceParams,
    answer: mapProposal,
    problems: ['no-events'],
  }),
  acceptMap: route({
    name: 'acceptMap',
    method: 'POST',
    path: '/api/workspaces/:workspace/maps/accept',
    access: 'editor',
    summary: 'Take a proposal, as it is or changed: its touchpoints and the map are kept',
    tag: 'Maps',
    params: workspaceParams,
    body: z.strictObject({ proposal: mapProposal }),
    answer: z.strictObject({ mapId: entityId }),
    status: 201,
  }),
}
