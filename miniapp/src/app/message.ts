import { useEffect, useState } from 'react'
import { useShowCount } from './hooks'
import { getState, type Message, setState } from './store'

/** Returns why the person was led to this page. Only the page that is shown takes it, not others in the page stack. */
export function useMessage(): [Message | undefined, (message: Message) => void] {
  const shown = useShowCount()
  const [message, setMessage] = useState<Message>()
  // biome-ignore lint/correctness/useExhaustiveDependencies(shown): runs each time the page is shown
  useEffect(() => {
    const left = getState().message
    if (!left) return
    setMessage(left)
    setState({ message: undefined })
  }, [shown])
  return [message, setMessage]
}
