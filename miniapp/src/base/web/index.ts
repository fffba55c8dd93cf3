export { Field, Select, Tick } from './field'
export { Ink } from './ink'
export { Box, Heading, Picture, Text } from './layout'
export { Button, Fold } from './press'
