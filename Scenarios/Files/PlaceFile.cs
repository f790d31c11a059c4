namespace GossipSim.Scenarios.Files;

/// <summary>Reads places: the columns name, latitude, longitude and, if wanted, weight, in any order.</summary>
internal static class PlaceFile
{
    private const string Name = "name", Latitude = "latitude", Longitude = "longitude", Weight = "weight";

    private static readonly string[] columns = [Name, Latitude, Longitude, Weight];

    public static IReadOnlyList<GeoPlaceSettings> Parse(CsvTable table)
    {
        List<string> header = [.. table.Header.Select(ColumnOf)];
        int[] order = [.. columns.Select(column => header.IndexOf(column))];
        string? missing = columns.SkipLast(1).FirstOrDefault(column => !header.Contains(column));
        if (missing is not null)
            throw new ScenarioException(table.Header[0].Origin, $"the column {missing} is missing");
        if (header.Count != header.Distinct().Count())
            throw new ScenarioException(table.Header[0].Origin, "a column is given twice");
        if (table.Rows.Count is 0 or > GeoLatencySettings.MostPlaces)
        {
            throw new ScenarioException(
                new Origin(table.Source),
                $"found {table.Rows.Count} places, allowed are 1 to {GeoLatencySettings.MostPlaces}");
        }

        return [.. table.Rows.Select(row => PlaceOf(row, header.Count, order))];
    }

    private static string ColumnOf(CsvCell cell) => columns.Contains(cell.Text)
        ? cell.Text
        : throw new ScenarioException(
            cell.Origin, $"found the column \"{cell.Text}\", allowed are {string.Join(", ", columns)}"
            + Suggestion.DidYouMean(cell.Text, columns));

    private static GeoPlaceSettings PlaceOf(IReadOnlyList<CsvCell> row, int width, int[] order)
    {
        if (row.Count != width)
            throw new ScenarioException(row[0].Origin, $"found {row.Count} values, the header has {width}");
        return new GeoPlaceSettings
        {
            Name = row[order[0]].Name(),
            Latitude = row[order[1]].Number(-90, 90, "a number of degrees"),
            Longitude = row[order[2]].Number(-180, 180, "a number of degrees"),
            Weight = order[3] < 0 ? 1 : row[order[3]].Number(0, WeightedPlace.LargestWeight, "a number"),
        };
    }
}
