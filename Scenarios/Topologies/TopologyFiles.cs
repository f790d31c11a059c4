using System.Globalization;
using System.Text;
using GossipSim.Analysis;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Topologies;

/// <summary>
/// The files of <c>topology</c>: the figure <c>degree-distribution</c> (SVG, PNG, CSV), <c>overlays.csv</c> with a row
/// for each overlay, and <c>degrees.csv</c> with the share of peers of each degree or more. All depend on the request
/// only.
/// </summary>
internal static class TopologyFiles
{
    public static void Write(TopologyReport report, IReadOnlyList<GrownTopology> grown)
    {
        Directory.CreateDirectory(report.Directory);
        var band = DegreeBand.Of([.. grown.Select(each => each.Degrees)]);
        var figure = TopologyFigure.Create(
            band, report.Peers, grown[0].PowerLaw, InWords(report), Notes(report), report.Conclusion);
        FigureFiles.Write(report.Directory, figure);
        WriteText(report, "overlays.csv", OverlayTable(report));
        WriteText(report, "degrees.csv", DegreeTable(band));
    }

    /// <summary>Rule, size and random seeds, as titles have them.</summary>
    public static string InWords(TopologyReport report) =>
        $"{ScenarioJson.WordOf(report.Rule)}, {Numbers.Plural(report.Peers, "peer")},"
        + $" {Numbers.Plural(report.Runs, "overlay")}, random seeds from {report.RandomSeed}";

    private static List<string> Notes(TopologyReport report)
    {
        List<string> notes = [.. report.VerdictSpread.Select(verdict => verdict.InWords())];
        Add("alpha", report.Alpha, 3);
        Add("xmin", report.Xmin, 1);
        Add("p-value", report.PValue, 3);
        Add("largest degree", report.DegreeMax, 0);
        return notes;

        void Add(string name, Spread? spread, int digits)
        {
            if (spread is not null) notes.Add($"{name} {spread.InWords(digits)}");
        }
    }

    private static string OverlayTable(TopologyReport report)
    {
        var table = new StringBuilder(
            "randomSeed,edges,degreeMin,degreeMean,degreeMax,alpha,alphaStandardError,xmin,ntail,ks,pValue,verdict\n");
        foreach (var row in report.Overlays)
            table.Append(
                CultureInfo.InvariantCulture,
                $"{row.RandomSeed},{row.Edges},{row.DegreeMin},{row.DegreeMean},{row.DegreeMax},{row.Alpha},")
                .Append(
                    CultureInfo.InvariantCulture,
                    $"{row.AlphaStandardError},{row.Xmin},{row.Ntail},{row.Ks},{row.PValue},")
                .Append(ScenarioJson.WordOf(row.Verdict)).Append('\n');
        return table.ToString();
    }

    private static string DegreeTable(IReadOnlyList<DegreeBandRow> band)
    {
        var table = new StringBuilder("degree,shareOfFirst,shareLeast,shareMost\n");
        foreach (var row in band)
            table.Append(CultureInfo.InvariantCulture, $"{row.Degree},{row.First},{row.Least},{row.Most}\n");
        return table.ToString();
    }

    private static void WriteText(TopologyReport report, string name, string text) =>
        File.WriteAllText(Path.Combine(report.Directory, name), text, new UTF8Encoding(false));
}
