import { Box, Button } from '@base'
import { platform } from '@platform'
import { useState } from 'react'
import { api } from '../../app/client'
import { useTask } from '../../app/hooks'
import { ErrorBox } from '../../components/error'
import { useRightsTexts } from './texts'

/** Downloads a copy of everything that is stored. Where files cannot be saved, it says where to get one. */
export function Download() {
  const r = useRightsTexts()
  const task = useTask()
  const [saved, setSaved] = useState(false)
  const { saveBytes } = platform
  if (!saveBytes) return <Box className="small">{r('downloadElsewhere')}</Box>
  const save = async () => {
    saveBytes(await api.copy(), 'renzheng.zip', 'application/zip')
    setSaved(true)
  }
  return (
    <>
      <ErrorBox task={task} />
      <Button busy={task.busy} onPress={() => task.run(save)}>
        {r('download')}
      </Button>
      <Box as="status" className="small">
        {saved && r('downloaded')}
      </Box>
    </>
  )
}
