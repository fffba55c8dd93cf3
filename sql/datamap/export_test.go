package datamap

var (
	// Read reads a data map from its four files.
	Read = read

	ActivitiesFile, DataFile, TablesFile = activitiesFile, dataFile, tablesFile
)
