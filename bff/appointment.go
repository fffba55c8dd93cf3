package bff

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"renzheng/appointment"
)

// officeBody is an office that takes appointments.
type officeBody struct {
	ID      string `json:"id" example:"320500"`
	Name    string `json:"name" example:"苏州市政务服务中心"`
	Address string `json:"address" example:"姑苏区平泷路251号"`
}

type officesBody struct {
	Offices []officeBody `json:"offices" nullable:"false" doc:"By id. Empty if no office takes appointments."`
}

type officesOutput struct{ Body officesBody }

func (h *handlers) listOffices(ctx context.Context, _ *struct{}) (*officesOutput, error) {
	c := callOf(ctx)
	offices := h.appointments.Offices()
	body := officesBody{Offices: make([]officeBody, len(offices))}
	for i, o := range offices {
		body.Offices[i] = officeBody{ID: o.ID, Name: o.Name.For(c.language), Address: o.Address.For(c.language)}
	}
	return &officesOutput{body}, nil
}

type slotsInput struct {
	Office string `query:"office" required:"true" minLength:"1" maxLength:"64" pattern:"^[A-Za-z0-9._-]+$" doc:"Id of an office of GET /v1/offices." example:"320500"`
}

// slotBody is a time slot. It says how many places are free, and not who has the others.
type slotBody struct {
	StartsAt time.Time `json:"starts_at"`
	EndsAt   time.Time `json:"ends_at"`
	Free     int       `json:"free" doc:"Places that are free."`
}

type slotsBody struct {
	Slots []slotBody `json:"slots" nullable:"false" doc:"Those of today that have not begun, and of the next 14 days, in order. Days are those of Beijing."`
}

type slotsOutput struct{ Body slotsBody }

func (h *handlers) listSlots(ctx context.Context, in *slotsInput) (*slotsOutput, error) {
	slots, err := h.appointments.Slots(ctx, in.Office)
	if err != nil {
		return nil, err
	}
	body := slotsBody{Slots: make([]slotBody, len(slots))}
	for i, s := range slots {
		body.Slots[i] = slotBody{StartsAt: utc(s.StartsAt), EndsAt: utc(s.EndsAt), Free: s.Free}
	}
	return &slotsOutput{body}, nil
}

// appointmentBody is an appointment as its account sees it. It contains nothing personal.
type appointmentBody struct {
	ID        string     `json:"id" doc:"Opaque."`
	Code      string     `json:"code" doc:"To be shown or read out at the office. It says nothing about the person." example:"A-7K2M-93QF"`
	QR        []byte     `json:"qr,omitempty" doc:"The code as a QR code: PNG, base64. Present while the appointment is booked."`
	Office    officeBody `json:"office"`
	StartsAt  time.Time  `json:"starts_at"`
	EndsAt    time.Time  `json:"ends_at" doc:"Until when the person is expected at the office. Afterwards the appointment is missed."`
	State     string     `json:"state" doc:"booked, cancelled, arrived (there is a queue number), missed, or withdrawn by the office, which is closed at that time now. New values may be added." example:"booked"`
	SlipCode  string     `json:"slip_code,omitempty" doc:"Code of the window slip for which it was booked." example:"7K2M-93QF"`
	Failure   string     `json:"failure,omitempty"`
	AppealID  string     `json:"appeal_id,omitempty"`
	CreatedAt time.Time  `json:"created_at"`
}

type appointmentOutput struct{ Body appointmentBody }

func (h *handlers) appointmentOf(c *call, a appointment.Appointment) (appointmentBody, error) {
	slip, _ := sessionSlip(a.Slip)
	body := appointmentBody{
		ID: a.ID, Code: a.Code, Office: h.officeNamed(c, a.Office), StartsAt: utc(a.StartsAt), EndsAt: utc(a.EndsAt), State: string(a.State),
		SlipCode: slip, Failure: a.Failure, AppealID: a.AppealID, CreatedAt: utc(a.CreatedAt),
	}
	if a.State != appointment.Booked {
		return body, nil
	}
	var err error
	if body.QR, err = qrCode(a.Code); err != nil {
		return body, fmt.Errorf("drawing an appointment: %w", err)
	}
	return body, nil
}

// officeNamed returns an office, which may have left the settings.
func (h *handlers) officeNamed(c *call, id string) officeBody {
	o, ok := h.appointments.Office(id)
	if !ok {
		return officeBody{ID: id, Name: id}
	}
	return officeBody{ID: id, Name: o.Name.For(c.language), Address: o.Address.For(c.language)}
}

type bookInput struct {
	Keyed

	Body struct {
		Office   string    `json:"office" minLength:"1" maxLength:"64" pattern:"^[A-Za-z0-9._-]+$" example:"320500"`
		StartsAt time.Time `json:"starts_at" doc:"Of a slot with free places."`
		Failure  string    `json:"failure,omitempty" pattern:"^[a-z0-9_]{1,48}$" doc:"Code of the failure that led to the window." example:"face_differs"`
		AppealID string    `json:"appeal_id,omitempty" maxLength:"64" doc:"An appeal of this account that the window decides."`
	}
}

// book books against the window slip of the session, which the client does not choose.
func (h *handlers) book(ctx context.Context, in *bookInput) (*kept[appointmentBody], error) {
	c := callOf(ctx)
	return once(ctx, h, func(ctx context.Context) (fresh[appointmentBody], error) {
		a, err := h.appointments.Book(ctx, appointment.Request{
			AccountID: c.session.Account.ID, Slip: slipPrefix(c.session.ID), Office: in.Body.Office, StartsAt: in.Body.StartsAt, Failure: in.Body.Failure, AppealID: in.Body.AppealID,
		})
		if err != nil {
			return fresh[appointmentBody]{}, err
		}
		body, err := h.appointmentOf(c, a)
		return fresh[appointmentBody]{status: http.StatusCreated, location: "/v1/appointments/" + a.ID, body: body}, err
	})
}

type changeAppointmentInput struct {
	Identified
	Keyed

	Body struct {
		StartsAt time.Time `json:"starts_at" doc:"Of a slot of the same office with free places."`
	}
}

func (h *handlers) changeAppointment(ctx context.Context, in *changeAppointmentInput) (*kept[appointmentBody], error) {
	c := callOf(ctx)
	return once(ctx, h, func(ctx context.Context) (fresh[appointmentBody], error) {
		a, err := h.appointments.Change(ctx, c.session.Account.ID, in.ID, in.Body.StartsAt)
		if err != nil {
			return fresh[appointmentBody]{}, err
		}
		body, err := h.appointmentOf(c, a)
		return fresh[appointmentBody]{status: http.StatusOK, body: body}, err
	})
}

type appointmentsBody struct {
	Appointments []appointmentBody `json:"appointments" nullable:"false" doc:"Newest first."`
	Missed       int               `json:"missed" doc:"Appointments of the account that were missed in the last 30 days."`
	PausedUntil  *time.Time        `json:"paused_until,omitempty" doc:"Before this time the account cannot book, because it missed too many appointments. The window serves it nevertheless."`
}

type appointmentsOutput struct{ Body appointmentsBody }

func (h *handlers) listAppointments(ctx context.Context, _ *struct{}) (*appointmentsOutput, error) {
	c := callOf(ctx)
	found, pause, err := h.appointments.Mine(ctx, c.session.Account.ID)
	if err != nil {
		return nil, err
	}
	body := appointmentsBody{Appointments: make([]appointmentBody, len(found)), Missed: pause.Missed, PausedUntil: when(pause.Until)}
	for i, a := range found {
		if body.Appointments[i], err = h.appointmentOf(c, a); err != nil {
			return nil, err
		}
	}
	return &appointmentsOutput{body}, nil
}

func (h *handlers) getAppointment(ctx context.Context, in *Identified) (*appointmentOutput, error) {
	c := callOf(ctx)
	a, err := h.appointments.Get(ctx, c.session.Account.ID, in.ID)
	if err != nil {
		return nil, err
	}
	body, err := h.appointmentOf(c, a)
	return &appointmentOutput{body}, err
}

func (h *handlers) cancelAppointment(ctx context.Context, in *Identified) (*struct{}, error) {
	return nil, h.appointments.Cancel(ctx, callOf(ctx).session.Account.ID, in.ID)
}
