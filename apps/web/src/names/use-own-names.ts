import type { JourneyMap, MapProposal, Stage } from '@parcurs/domain'
import { useMemo } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { useWorkspace } from '../shell/workspace-context.ts'
import { ownName } from './own-names.ts'

interface Named {
  readonly name: string
}

export interface OwnNames {
  readonly name: (name: string) => string
  readonly named: <T extends Named>(one: T) => T
  readonly map: (map: JourneyMap) => JourneyMap
}

/** In the demo shop, whose names are all the program's until somebody renames them: its names in the language spoken. */
export function useOwnNames(): OwnNames {
  const { simulated } = useWorkspace()
  const said = useSaidNames()
  return useMemo(() => (simulated ? said : AS_THEY_ARE), [simulated, said])
}

const AS_THEY_ARE: OwnNames = {
  name: (name) => name,
  named: (one) => one,
  map: (map) => map,
}

/** A proposal is the program's through and through: it is made in the language of whoever looks at it, and kept so. */
export function useSaidProposal(): (proposal: MapProposal) => MapProposal {
  const { name, named } = useSaidNames()
  return (proposal) => ({
    ...proposal,
    touchpoints: proposal.touchpoints.map(named),
    stages: stagesSaid(proposal.stages, name),
  })
}

function useSaidNames(): OwnNames {
  const { t } = useTranslation()
  return useMemo(() => {
    const name = (text: string) => {
      const own = ownName(text)
      return own === null ? text : `${t(`ownName.${own.key}`)}${own.number}`
    }
    return {
      name,
      named: (one) => ({ ...one, name: name(one.name) }),
      map: (map) => ({ ...map, name: name(map.name), stages: stagesSaid(map.stages, name) }),
    }
  }, [t])
}

function stagesSaid(stages: readonly Stage[], name: (text: string) => string): readonly Stage[] {
  return stages.map((stage) => ({
    ...stage,
    name: name(stage.name),
    steps: stage.steps.map((step) => ({ ...step, name: name(step.name) })),
  }))
}
