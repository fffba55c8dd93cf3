import { Box, Button, Heading } from '@base'
import { platform } from '@platform'
import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { useRoute, useShowCount, useTranslation } from '../app/hooks'
import { goBack } from '../app/navigation'
import { useAppState } from '../app/store'
import { typeScale } from '../journey/type-size'
import { accentProperties } from '../theme/accent'
import { Brand } from './brand'
import { Icon } from './icon'
import { Settings } from './settings'
import { Steps } from './steps'

export interface PageProps {
  title: string
  lead?: string | undefined
  /** The entry has no back button. */
  entry?: boolean
  /** Whether the steps of the journey are shown on its screens. */
  steps?: boolean
  /** What happened, as a picture above the heading. */
  mark?: 'success' | 'sent' | undefined
  /** Replaces the usual way back through the page stack. */
  onBack?: () => void
  children: ReactNode
}

/** The header, settings and heading around every screen. */
export function Page({ title, lead, entry = false, steps = true, mark, onBack, children }: PageProps) {
  const route = useRoute()
  const { authority, elder, language, typeSize } = useAppState()
  const t = useTranslation()
  const shown = useShowCount()
  // biome-ignore lint/correctness/useExhaustiveDependencies(shown): the page below has set its own title
  useEffect(() => platform.setTitle(title, language), [title, language, shown])
  return (
    <Box
      className={`page${elder ? ' elder' : ''}`}
      lang={language}
      properties={{
        '--type-scale': String(typeScale(typeSize, elder)),
        ...(authority?.color && accentProperties(authority.color)),
      }}
    >
      <Box as="header" className="top">
        <Brand />
        <Box className="top-row">
          {!entry && <Button kind="quiet" onPress={onBack ?? (() => goBack(route))}>{`‹ ${t('back')}`}</Button>}
          <Settings />
        </Box>
        {steps && <Steps />}
      </Box>
      <Box as="main" className={`main-part${mark ? ' marked' : ''}`}>
        {mark && (
          <Box className={`mark ${mark}`}>
            <Icon name="check" />
          </Box>
        )}
        <Heading level={1} focusOn={shown}>
          {title}
        </Heading>
        {lead && <Box className="lead">{lead}</Box>}
        {children}
      </Box>
    </Box>
  )
}
