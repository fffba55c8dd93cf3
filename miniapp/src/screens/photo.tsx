import { Box, Button } from '@base'
import { api } from '../app/client'
import { useTask, useWords } from '../app/hooks'
import { follow } from '../app/nav'
import { refresh } from '../app/session'
import { useApp } from '../app/store'
import { ErrorBox } from '../components/error'
import { Frame } from '../components/frame'
import { Leave } from '../components/leave'
import { Portrait } from '../components/portrait'

/** S6: the picture that was taken; "this is me" opens the todos. */
export function Photo() {
  const { verification } = useApp()
  const say = useWords()
  const task = useTask()
  const accept = async () => {
    if (!verification) return
    await api.acceptPortrait(verification.id)
    await refresh()
    follow({ screen: 'list' })
  }
  return (
    <Frame title={say('photoTitle')} lead={verification?.has_portrait ? say('photoLead') : undefined}>
      <Box className="center">
        <Portrait verification={verification} />
      </Box>
      <ErrorBox task={task} />
      <Button kind="main" busy={task.busy} onPress={() => task.run(accept)}>
        {say('seeTodos')}
      </Button>
      <Leave verification={verification} name="startOver" />
    </Frame>
  )
}
