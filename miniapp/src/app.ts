import type { PropsWithChildren } from 'react'
import './theme/index'

export default function App({ children }: PropsWithChildren) {
  return children
}
