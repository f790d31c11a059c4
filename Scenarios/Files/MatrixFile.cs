namespace GossipSim.Scenarios.Files;

/// <summary>
/// Reads a matrix of one-way latencies in milliseconds: a header of region names, then one row for each in the same
/// order. Rows may begin with their region's name: then the header begins with a cell for the corner, which may be
/// empty or have a heading of its own.
/// </summary>
internal static class MatrixFile
{
    /// <param name="weighted">Regions of the scenario; if there are any, they must be those of the file.</param>
    public static (IReadOnlyList<RegionSettings> Regions, IReadOnlyList<IReadOnlyList<double>> Rows) Parse(
        CsvTable table, IReadOnlyList<RegionSettings> weighted)
    {
        bool isLabeled = IsLabeled(table);
        List<CsvCell> header = [.. table.Header.Skip(isLabeled ? 1 : 0)];
        Origin place = table.Header[0].Origin;
        if (header.Count is 0 or > MatrixLatencySettings.MostRegions)
        {
            throw new ScenarioException(
                place, $"found {header.Count} region names, allowed are 1 to {MatrixLatencySettings.MostRegions}");
        }

        List<RegionSettings> regions = [.. header.Select(cell => RegionOf(cell, weighted))];
        RegionSettings? absent = weighted.FirstOrDefault(region => regions.All(each => each.Name != region.Name));
        if (absent is not null)
            throw new ScenarioException(place, $"no region \"{absent.Name}\", which network.latency.regions names");
        if (table.Rows.Count != regions.Count)
        {
            throw new ScenarioException(
                new Origin(table.Source),
                $"found {table.Rows.Count}, allowed are as many rows of latencies as regions, {regions.Count}");
        }

        return (regions, [.. table.Rows.Select((row, index) => RowOf(row, regions, index, isLabeled))]);
    }

    /// <summary>Whether rows begin with a name, and the header with the corner above these names.</summary>
    private static bool IsLabeled(CsvTable table)
    {
        if (table.Header[0].Text.Length == 0) return true;
        int regions = table.Header.Count - 1;
        return table.Rows.Count == regions && table.Rows.All(row => row.Count == regions + 1)
            && table.Rows.Any(row => table.Header.Skip(1).Any(cell => cell.Text == row[0].Text));
    }

    private static RegionSettings RegionOf(CsvCell cell, IReadOnlyList<RegionSettings> weighted)
    {
        string name = cell.Name();
        if (weighted.Count == 0)
            return new RegionSettings { Name = name };
        return weighted.FirstOrDefault(region => region.Name == name) ?? throw new ScenarioException(
            cell.Origin, $"found the region \"{name}\", which network.latency.regions does not name"
            + Suggestion.DidYouMean(name, weighted.Select(region => region.Name)));
    }

    private static IReadOnlyList<double> RowOf(
        IReadOnlyList<CsvCell> row, List<RegionSettings> regions, int index, bool isLabeled)
    {
        if (isLabeled && row[0].Text != regions[index].Name)
        {
            throw new ScenarioException(
                row[0].Origin, $"found \"{row[0].Text}\", allowed is \"{regions[index].Name}\": rows have the order of"
                + " the header");
        }

        List<CsvCell> cells = [.. row.Skip(isLabeled ? 1 : 0)];
        if (cells.Count != regions.Count)
        {
            throw new ScenarioException(
                row[0].Origin, $"found {cells.Count}, allowed are as many latencies as regions, {regions.Count}");
        }

        return [.. cells.Select(cell => cell.Number(0, LatencySettings.LargestMs, "a number of milliseconds"))];
    }
}
