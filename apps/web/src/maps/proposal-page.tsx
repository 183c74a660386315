import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Inbox } from 'lucide-react'
import { useEffect, useReducer, useState } from 'react'
import type { MapProposal } from '@parcurs/domain'
import { useAsk } from '../api/ask.ts'
import { isProblem } from '../api/problem.ts'
import { useTranslation } from '../languages/translation.ts'
import { useSaidProposal } from '../names/use-own-names.ts'
import { useWorkspace } from '../shell/workspace-context.ts'
import { answerIn, asked } from '../ui/asked.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import button from '../ui/link-button.module.css'
import { Page } from '../ui/page.tsx'
import { SaveFailed } from '../ui/save-failed.tsx'
import { useUnsaved } from '../ui/use-unsaved.tsx'
import { Shown } from '../ui/shown.tsx'
import { editProposal } from './proposal-edit.ts'
import { ProposalFields } from './proposal-fields.tsx'
import { ProposalReading } from './proposal-reading.tsx'
import { ProposalStages } from './proposal-stages.tsx'
import { LeftOutList } from './left-out-list.tsx'

/** A map made from the events: to look at, change and accept. Nothing is kept before that. */
export function ProposalPage() {
  const { t } = useTranslation()
  const ask = useAsk()
  const workspace = useWorkspace()
  const proposal = asked(
    useQuery({
      queryKey: ['proposal', workspace.slug],
      queryFn: ({ signal }) => ask('proposeMap', { params: { workspace: workspace.slug }, signal }),
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 0,
    }),
  )
  if (proposal.state === 'refused' && isProblem(proposal.error, 'no-events')) {
    return (
      <Page title={t('proposal.title')}>
        <EmptyState
          level={2}
          icon={<Inbox size={24} />}
          title={t('proposal.none')}
          text={t('proposal.noneText')}
        >
          <Link
            className={button.main}
            to="/w/$workspace/imports"
            params={{ workspace: workspace.slug }}
          >
            {t('action.importEvents')}
          </Link>
        </EmptyState>
      </Page>
    )
  }
  if (answerIn(proposal) === null) {
    return (
      <Page title={t('proposal.title')}>
        <Shown asked={proposal}>{() => null}</Shown>
      </Page>
    )
  }
  return (
    <Shown asked={proposal}>
      {(first) => <ProposalForm workspace={workspace.slug} first={first} />}
    </Shown>
  )
}

function ProposalForm(props: { readonly workspace: string; readonly first: MapProposal }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const client = useQueryClient()
  const navigate = useNavigate()
  const mayEdit = useWorkspace().role !== 'viewer'
  const inWords = useSaidProposal()
  const [proposal, edit] = useReducer(editProposal, props.first, inWords)
  const [first] = useState(proposal)
  const { mark, question } = useUnsaved()
  useEffect(() => mark(proposal !== first), [mark, proposal, first])
  const params = { workspace: props.workspace }
  const accept = useMutation({
    mutationFn: () => ask('acceptMap', { params, body: { proposal } }),
    onSuccess: async ({ mapId }) => {
      mark(false)
      await Promise.all(
        ['maps', 'touchpoints'].map((key) =>
          client.invalidateQueries({ queryKey: [key, props.workspace] }),
        ),
      )
      await navigate({ to: '/w/$workspace', params, search: { map: mapId } })
    },
  })
  const steps = proposal.stages.reduce((sum, stage) => sum + stage.steps.length, 0)
  return (
    <Page
      title={t('proposal.title')}
      lead={t('proposal.lead', { count: steps })}
      actions={
        <>
          <Link className={button.plain} to="/w/$workspace" params={params}>
            {t('action.cancel')}
          </Link>
          {mayEdit && (
            <Button
              kind="main"
              disabled={accept.isPending || steps === 0}
              onPress={() => accept.mutate()}
            >
              {t('proposal.accept')}
            </Button>
          )}
        </>
      }
    >
      {question}
      {mayEdit ? (
        <>
          <SaveFailed saving={accept} />
          <ProposalFields proposal={proposal} onEdit={edit} />
          <ProposalStages proposal={proposal} onEdit={edit} />
        </>
      ) : (
        <>
          <p>{t('proposal.viewer')}</p>
          <ProposalReading proposal={proposal} />
        </>
      )}
      <LeftOutList leftOut={proposal.leftOut} />
    </Page>
  )
}
