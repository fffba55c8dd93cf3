package bench

import "errors"

// judge prints the results and reports whether they are good enough.
func (b *brownout) judge(scenes []*scene, charged int) error {
	felt := charged != 0
	for _, s := range scenes {
		fault := s.fault(b.options)
		if fault != "" {
			felt = true
		}
		if err := b.report(s, fault); err != nil {
			return err
		}
	}
	err := b.say("charged: %d", charged)
	if felt {
		err = errors.Join(err, ErrBrownout)
	}
	return err
}

// fault says what is wrong with a scene, "" where nothing is. Where nobody
// reached the third party, or nobody was turned away, figures would say nothing.
func (s *scene) fault(o BrownoutOptions) string {
	switch {
	case s.went == 0 || s.turned == 0 || s.ill.tried < int64(o.Persons/4):
		return "not exercised"
	case s.ill.failed > 0:
		return "persons got answers that are none: " + s.worst.Error()
	case median(s.ratios) < wantedRatio:
		return "the rest was slower"
	}
	return ""
}

func (b *brownout) report(s *scene, fault string) error {
	if err := b.say("%s: %d tries while ill (%d before), %d calls reached it and %d were not made; %d persons turned away, %d waited over %s, %d failed",
		s.name, s.ill.tried, s.calm.tried, s.went, s.turned, s.ill.turnedAway, s.ill.waited, longWait, s.ill.failed); err != nil {
		return err
	}
	if fault != "" {
		fault = " (" + fault + ")"
	}
	return b.say("ratio: brownout %s %.2f%s", s.name, median(s.ratios), fault)
}
