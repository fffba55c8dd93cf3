package bench

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// ailments are the scenes of every third party.
func ailments() []ailment { return []ailment{late, silent, garbage} }

// scene gathers what was measured of one third party with one ailment.
type scene struct {
	name   string
	ratios []float64
	ill    figures
	calm   figures
	went   int64 // calls that reached the third party while it was ill
	worst  error // of the persons' tries, where one got no answer
	turned int64 // calls that the server did not make, by its own count
}

// play plays all scenes and judges them.
func (b *brownout) play(ctx context.Context) error {
	var scenes []*scene
	charged := 0
	for _, p := range b.parties {
		for _, a := range ailments() {
			scenes = append(scenes, &scene{name: p.name + "_" + string(a)})
		}
	}
	for range b.options.Passes {
		rest := scenes
		for _, p := range b.parties {
			n, err := b.playParty(ctx, p, rest[:len(ailments())])
			if err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
			charged, rest = charged+n, rest[len(ailments()):]
		}
	}
	return b.judge(scenes, charged)
}

// playParty plays the ailments of one third party, each between two calm
// rounds, with its persons trying all the time. It returns the number of tries that
// they were charged.
func (b *brownout) playParty(ctx context.Context, p *party, scenes []*scene) (charged int, err error) {
	p.crowd.tally = tally{}
	before, err := p.crowd.left(ctx)
	if err != nil {
		return 0, err
	}
	living, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		p.crowd.live(living)
		close(ended)
	}()
	_, err = b.mix.run(ctx, b.side, b.options.Parallel, b.options.Calm)
	var unfair int64
	if err == nil {
		unfair, err = b.alternate(ctx, p, scenes)
	}
	stop()
	<-ended
	if err != nil {
		return 0, err
	}
	missing, err := p.crowd.missing(ctx, before)
	return missing + int(unfair), err
}

// alternate returns how many decisions were counted while there was nobody to
// decide.
func (b *brownout) alternate(ctx context.Context, p *party, scenes []*scene) (unfair int64, err error) {
	earlier, begun, err := b.calm(ctx, p)
	for i, a := range ailments() {
		if err != nil {
			return unfair, err
		}
		s := scenes[i]
		var during pace
		if during, err = b.outage(ctx, p, a, s); err != nil {
			return unfair, fmt.Errorf("while answers are %s: %w", a, err)
		}
		var next pace
		var calm figures
		if next, calm, err = b.calm(ctx, p); err != nil {
			return unfair, err
		}
		s.calm = s.calm.plus(begun)
		s.ratios = append(s.ratios, during.perSecond/((earlier.perSecond+next.perSecond)/2))
		unfair += s.ill.counted
		earlier, begun = next, calm
	}
	return unfair, err
}

// calm waits until the third party is asked again, and measures the rest then.
func (b *brownout) calm(ctx context.Context, p *party) (pace, figures, error) {
	if err := b.recovered(ctx); err != nil {
		return pace{}, figures{}, err
	}
	before := p.crowd.tally.read()
	measured, err := b.mix.run(ctx, b.side, b.options.Parallel, b.options.Calm)
	return measured, p.crowd.tally.read().since(before), err
}

// outage measures the rest while the third party is ill.
func (b *brownout) outage(ctx context.Context, p *party, a ailment, s *scene) (pace, error) {
	count, err := b.gates(ctx)
	if err != nil {
		return pace{}, err
	}
	var before, after figures
	went := p.far.reached.Load()
	p.crowd.still(func() { before = p.crowd.tally.read(); p.far.fall(a) })
	measured, loadErr := b.mix.run(ctx, b.side, b.options.Parallel, b.options.Outage)
	p.crowd.still(func() { p.far.mend(); after = p.crowd.tally.read() })
	later, err := b.gates(ctx)
	s.ill = s.ill.plus(after.since(before))
	s.went += p.far.reached.Load() - went
	s.turned += later.rejected - count.rejected
	if worst := p.crowd.worst.Swap(nil); worst != nil {
		s.worst = *worst
	}
	return measured, errors.Join(loadErr, err)
}

// recovered waits until every breaker is closed again: the persons' own tries
// probe the third party.
func (b *brownout) recovered(ctx context.Context) error {
	const patience = 60 * time.Second
	for end := time.Now().Add(patience); ; {
		g, err := b.gates(ctx)
		if err != nil || g.open == 0 {
			return err
		}
		if time.Now().After(end) {
			return fmt.Errorf("%d breakers are still open %s after the outage", g.open, patience)
		}
		if !wait(ctx, 100*time.Millisecond) {
			return ctx.Err()
		}
	}
}
