/** What every handler gets to know of its workspace. */
export const WORKSPACE_COLUMNS = [
  'workspaces.id',
  'workspaces.slug',
  'workspaces.name',
  'workspaces.time_zone as timeZone',
  'workspaces.week_start as weekStart',
  'workspaces.currency',
  'workspaces.simulated',
] as const
