import type { PropsWithChildren } from 'react'
import './theme'

export default function App({ children }: PropsWithChildren) {
  return children
}
