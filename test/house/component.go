package main

import (
	"maps"
	"slices"
)

// Components returns the strongly connected components of a graph, each sorted, by Tarjan's algorithm. A node
// outside all cycles is a component of its own. Every node must be a key of graph.
func Components(graph map[string][]string) [][]string {
	s := &search{graph: graph, index: map[string]int{}, low: map[string]int{}, open: map[string]bool{}}
	for _, node := range slices.Sorted(maps.Keys(graph)) {
		if s.index[node] == 0 {
			s.visit(node)
		}
	}
	return s.components
}

type search struct {
	graph      map[string][]string
	index      map[string]int // order of the first visit, from 1
	low        map[string]int // the smallest index that is reachable within the component
	stack      []string
	open       map[string]bool // is on the stack
	components [][]string
}

func (s *search) visit(node string) {
	s.index[node] = len(s.index) + 1
	s.low[node] = s.index[node]
	s.stack = append(s.stack, node)
	s.open[node] = true
	for _, next := range s.graph[node] {
		if s.index[next] == 0 {
			s.visit(next)
			s.low[node] = min(s.low[node], s.low[next])
		} else if s.open[next] {
			s.low[node] = min(s.low[node], s.index[next])
		}
	}
	if s.low[node] == s.index[node] {
		s.close(node)
	}
}

// close takes the component that root was the first node of off the stack.
func (s *search) close(root string) {
	from := slices.Index(s.stack, root)
	component := slices.Sorted(slices.Values(s.stack[from:]))
	s.stack = s.stack[:from]
	for _, node := range component {
		s.open[node] = false
	}
	s.components = append(s.components, component)
}
