package main

import (
	"crypto/rand"
	"net/http"
	"strconv"
	"testing"

	"renzheng/providers/alipay/alipaytest"
	"renzheng/test/harness"
	"renzheng/test/people"
)

// What the policy's checks can reach, each a different number.
const (
	faces, facesOfSubject, faceStarts = 4, 5, 40 // enough starts for the tests of the other limits
	cards, cardsOfSubject, cardStarts = 4, 5, 6
	oneCard, subjects                 = 4, 3
	spared                            = 2 // the tries that each account has, even if others use up the shared limit
)

// Two replicas are besieged through both doors at once: what is allowed is
// allowed once, and all of it.
func TestReplicas_DoubleNoLimit(t *testing.T) {
	t.Parallel()
	settings := harness.Settings{
		"BFF_RESILIENCE_CALLS": "1000", // the busy card network of one test must not stop the calls of the others
	}
	for name, tries := range map[string]int{
		"FACE": faces, "FACE_OF_SUBJECT": facesOfSubject, "FACE_STARTS": faceStarts,
		"BANK_CARD": cards, "BANK_CARD_OF_SUBJECT": cardsOfSubject, "BANK_CARD_STARTS": cardStarts,
		"CARD": oneCard, "SUBJECTS": subjects,
	} {
		settings["BFF_LIMITS_"+name] = strconv.Itoa(tries)
	}
	s := pair(t, fixtureOptions{settings: settings})
	for _, siege := range []struct {
		limit       string
		lay         func(*testing.T, *fixture) int // returns how many tries were allowed
		least, most int
	}{
		{limit: "faces of an account as one person", lay: siegeFaces, least: faces, most: faces},
		{limit: "faces as one person over all accounts", lay: siegeFacesOfSubject, least: spared * doors, most: facesOfSubject + spared*(doors-1)},
		{limit: "face starts of an account", lay: siegeFaceStarts, least: faceStarts, most: faceStarts},
		{limit: "bank cards of an account as one person", lay: siegeCards, least: cards, most: cards},
		{limit: "bank cards as one person over all accounts", lay: siegeCardsOfSubject, least: spared * doors, most: cardsOfSubject + spared*(doors-1)},
		{limit: "bank-card queries of an account", lay: siegeCardStarts, least: cardStarts, most: cardStarts},
		{limit: "queries of one bank card by anybody", lay: siegeOneCard, least: oneCard, most: oneCard},
		{limit: "persons of an account", lay: siegeSubjects, least: subjects, most: subjects},
	} {
		t.Run(siege.limit, func(t *testing.T) {
			t.Parallel()
			if got := siege.lay(t, s); got < siege.least || got > siege.most {
				t.Errorf("got %d, want %d to %d", got, siege.least, siege.most)
			}
		})
	}
}

// counted waits until all attempts as a person are decided, and returns how many
// of them used up a try.
func (s *fixture) counted(t *testing.T, verification, kind string) int {
	t.Helper()
	const ofPerson = " AND kind = ? AND subject_id = (SELECT subject_id FROM verifications WHERE id = ?)"
	until(t, "every attempt is decided", func() bool {
		return s.rows.count(t, "SELECT COUNT(*) FROM attempts WHERE undecided = 1"+ofPerson, kind, verification) == 0
	})
	return s.rows.count(t, "SELECT COUNT(*) FROM attempts WHERE counted = 1"+ofPerson, kind, verification)
}

// begun returns the attempts of an account, whatever their outcome.
func (s *fixture) begun(t *testing.T, verification, kind string) int {
	t.Helper()
	return s.rows.count(t, `SELECT COUNT(*) FROM attempts WHERE kind = ? AND account_id =
		(SELECT account_id FROM verifications WHERE id = ?)`, kind, verification)
}

// beginAll begins a verification for each client.
func beginAll(t *testing.T, clients []*client) map[string]string {
	t.Helper()
	ids := map[string]string{} // by token
	for _, v := range clients {
		ids[v.token] = v.begin(t, v.document())
	}
	return ids
}

const doors = 4 // strangers at a time

func siegeFaces(t *testing.T, s *fixture) int {
	t.Helper()
	all := s.sessions(t, s.newPerson(people.FaceDiffers))
	ids := beginAll(t, all)
	besiege(t, all, func(v *client, _ int) (reply, error) { return v.tryFace(ids[v.token], alipaytest.ActionPass) })
	return s.counted(t, ids[all[0].token], "face")
}

func siegeFacesOfSubject(t *testing.T, s *fixture) int {
	t.Helper()
	all := s.strangers(t, s.newPerson(people.FaceDiffers))
	ids := beginAll(t, all)
	besiege(t, all, func(v *client, _ int) (reply, error) { return v.tryFace(ids[v.token], alipaytest.ActionPass) })
	return s.counted(t, ids[all[0].token], "face")
}

func siegeFaceStarts(t *testing.T, s *fixture) int {
	t.Helper()
	all := s.sessions(t, s.newPerson(people.Passes))
	ids := beginAll(t, all)
	besiege(t, all, func(v *client, _ int) (reply, error) { // a face that passes uses up no other limit
		begun, err := v.try(request{
			method: http.MethodPost, path: "/v1/verifications", key: rand.Text(),
			body: members{"purpose": "access", "document": v.document()},
		})
		if err != nil || begun.status != http.StatusCreated {
			return begun, err
		}
		return v.tryFace(begun.text(t, "id"), alipaytest.ActionPass)
	})
	return s.begun(t, ids[all[0].token], "face")
}

// passFaces begins a verification for each client and passes its face.
func passFaces(t *testing.T, clients []*client) map[string]string {
	t.Helper()
	ids := beginAll(t, clients)
	for _, v := range clients {
		if state := v.face(t, ids[v.token], alipaytest.ActionPass).text(t, "state"); state != "passed" {
			t.Fatalf("the face ended in %q", state)
		}
	}
	return ids
}

func siegeCards(t *testing.T, s *fixture) int {
	t.Helper()
	all := s.sessions(t, s.newPerson(people.CardDiffers))
	ids := passFaces(t, all)
	besiege(t, all, func(v *client, _ int) (reply, error) { return v.tryCard(ids[v.token], v.Card) })
	return s.counted(t, ids[all[0].token], "bank_card")
}

func siegeCardsOfSubject(t *testing.T, s *fixture) int {
	t.Helper()
	all := s.strangers(t, s.newPerson(people.CardDiffers))
	ids := passFaces(t, all)
	besiege(t, all, func(v *client, _ int) (reply, error) { return v.tryCard(ids[v.token], v.Card) })
	return s.counted(t, ids[all[0].token], "bank_card")
}

func siegeCardStarts(t *testing.T, s *fixture) int {
	t.Helper()
	all := s.sessions(t, s.newPerson(people.NetworkBusy))
	ids := passFaces(t, all)
	besiege(t, all, func(v *client, _ int) (reply, error) { return v.tryCard(ids[v.token], v.Card) })
	return s.begun(t, ids[all[0].token], "bank_card")
}

func siegeOneCard(t *testing.T, s *fixture) int {
	t.Helper()
	var all []*client
	var ids []string
	for i := range doors {
		v := s.login(t, s.newPerson(people.Passes)).at(i)
		v.consent(t, "access")
		all = append(all, v)
	}
	of := passFaces(t, all)
	card := s.newPerson(people.Passes).Card // another person's
	besiege(t, all, func(v *client, _ int) (reply, error) { return v.tryCard(of[v.token], card) })
	for _, id := range of {
		ids = append(ids, id)
	}
	return s.rows.count(t, `SELECT COUNT(*) FROM attempts WHERE kind = 'bank_card' AND verification_id IN (?, ?, ?, ?)`,
		ids[0], ids[1], ids[2], ids[3])
}

func siegeSubjects(t *testing.T, s *fixture) int {
	t.Helper()
	all := s.sessions(t, s.newPerson(people.NetworkBusy))
	besiege(t, all, func(v *client, _ int) (reply, error) {
		return v.try(request{
			method: http.MethodPost, path: "/v1/verifications", key: rand.Text(),
			body: members{"purpose": "access", "document": documentOf(s.newPerson(people.Passes))},
		})
	})
	return s.rows.count(t, `SELECT COUNT(DISTINCT subject_id) FROM verifications WHERE account_id =
		(SELECT account_id FROM sessions WHERE id = ?)`, all[0].session)
}
