export { Button, Details } from './button'
export { Checkbox, Field, Select } from './field'
export { Box, Heading, Picture, Text } from './layout'
export { SignatureCanvas } from './signature-canvas'
