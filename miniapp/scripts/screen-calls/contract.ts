import ts from 'typescript'
import { variable } from './reach'

/** An operation of the API as its contract describes it. */
export interface Operation {
  route: string
  /** The codes of the problems that it may answer with. */
  problems: string[]
  /** Whether its successful answer may have a `failure` with remedies. */
  failure: boolean
}

/** Returns the operation of each function of the API client. */
export function operations(program: ts.Program): Map<string, Operation> {
  const checker = program.getTypeChecker()
  const paths = pathsOf(program)
  const found = new Map<string, Operation>()
  const client = checker.getTypeAtLocation(variable(program, 'app/client.ts', 'api'))
  for (const { name, valueDeclaration } of client.getProperties()) {
    const call = valueDeclaration && requestIn(valueDeclaration)
    if (!call) throw new Error(`the function ${name} makes no request`)
    const operation = property(checker, property(checker, paths, call.path), call.method)
    found.set(name, { route: `${call.method.toUpperCase()} ${call.path}`, ...answersOf(checker, operation) })
  }
  return found
}

function pathsOf(program: ts.Program): ts.Type {
  const checker = program.getTypeChecker()
  const schema = program.getSourceFiles().find(({ fileName }) => fileName.endsWith('/src/api/schema.ts'))
  const paths = schema?.statements.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === 'paths')
  if (!paths) throw new Error('the contract has no paths')
  return checker.getTypeAtLocation(paths)
}

/** Finds the method and the path of a call such as `c.call('post', '/v1/sessions', …)` or `c.text('/v1/…')`. */
function requestIn(node: ts.Node): { method: string; path: string } | undefined {
  if (ts.isCallExpression(node)) {
    const texts = node.arguments.filter(ts.isStringLiteral).map(({ text }) => text)
    const path = texts.find((text) => text.startsWith('/v1/'))
    if (path) return { method: texts[0] === path ? 'get' : (texts[0] ?? 'get'), path }
  }
  return ts.forEachChild(node, requestIn)
}

function property(checker: ts.TypeChecker, type: ts.Type, name: string): ts.Type {
  const found = type.getProperty(name)
  if (!found) throw new Error(`the contract has no ${name}`)
  return checker.getTypeOfSymbol(found)
}

function answersOf(checker: ts.TypeChecker, operation: ts.Type): { problems: string[]; failure: boolean } {
  const answers = property(checker, operation, 'responses').getProperties()
  const problems = answers
    .filter(({ name }) => Number(name) >= 400)
    .flatMap((answer) => ts.displayPartsToString(answer.getJsDocTags(checker)[0]?.text).match(/\w+(?=`)/g) ?? [])
  const member = (type: ts.Type | undefined, name: string) => {
    const found = type?.getProperty(name)
    return found && checker.getNonNullableType(checker.getTypeOfSymbol(found))
  }
  const failure = answers
    .filter(({ name }) => Number(name) < 300)
    .map((answer) => member(member(checker.getTypeOfSymbol(answer), 'content'), 'application/json'))
    .some((json) => member(member(json, 'failure'), 'remedies') !== undefined) // that of a ticket is a code only
  return { problems, failure }
}
