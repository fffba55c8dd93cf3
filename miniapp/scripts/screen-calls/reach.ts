import path from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The client's program, as the compiler knows it for the web. */
export function openProgram(): ts.Program {
  const config = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root)
  return ts.createProgram([sourcePath('screens/screen-guard.tsx'), sourcePath('api/schema.ts')], options)
}

export function sourcePath(name: string): string {
  return path.join(root, 'src', name)
}

/** Returns the variable with a name at the top of a file. */
export function variable(program: ts.Program, file: string, name: string): ts.VariableDeclaration {
  for (const statement of program.getSourceFile(sourcePath(file))?.statements ?? []) {
    if (!ts.isVariableStatement(statement)) continue
    const found = statement.declarationList.declarations.find((declaration) => declaration.name.getText() === name)
    if (found) return found
  }
  throw new Error(`${file} has no ${name}`)
}

/**
 * Returns the names of the client's functions of the API that code refers to, directly or through functions and components that it refers
 * to. Some of them may never be called, but what is called is among them. `except` is not followed.
 */
export function callsFrom(program: ts.Program, start: ts.Node, except?: ts.Node): Set<string> {
  const checker = program.getTypeChecker()
  const api = variable(program, 'app/client.ts', 'api')
  const seen = new Set<ts.Node>(except ? [except] : [])
  const calls = new Set<string>()

  const follow = (name: ts.Identifier) => {
    let symbol = ts.isShorthandPropertyAssignment(name.parent)
      ? checker.getShorthandAssignmentValueSymbol(name.parent)
      : checker.getSymbolAtLocation(name)
    if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol)
    for (const declaration of symbol?.declarations ?? []) {
      if (isCode(declaration) && !seen.has(declaration)) {
        seen.add(declaration)
        visit(declaration)
      }
    }
  }
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node)) return
    if (ts.isPropertyAccessExpression(node) && declares(checker, node.expression, api)) {
      calls.add(node.name.text)
      return
    }
    if (ts.isIdentifier(node)) follow(node)
    ts.forEachChild(node, visit)
  }
  visit(start)
  return calls
}

function declares(checker: ts.TypeChecker, node: ts.Node, declaration: ts.Declaration): boolean {
  const symbol = checker.getSymbolAtLocation(node)
  if (!symbol) return false
  const origin = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  return origin.valueDeclaration === declaration
}

/** Whether a declaration is code of the client that can call something. */
function isCode(node: ts.Declaration): boolean {
  const { fileName } = node.getSourceFile()
  return fileName.startsWith(sourcePath('')) && !ts.isInterfaceDeclaration(node) && !ts.isTypeAliasDeclaration(node)
}
