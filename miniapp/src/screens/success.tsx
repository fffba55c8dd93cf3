import { Button } from '@base'
import { useWords } from '../app/hooks'
import { swap } from '../app/nav'
import { useApp } from '../app/store'
import { Frame } from '../components/frame'
import { placeOf } from '../journey/next'

/** S4 核验成功. */
export function Success() {
  const { verification } = useApp()
  const say = useWords()
  return (
    <Frame title={say('successTitle')} lead={say('successLead')}>
      {verification && (
        <Button kind="main" onPress={() => swap(placeOf(verification))}>
          {say('continue')}
        </Button>
      )}
    </Frame>
  )
}
