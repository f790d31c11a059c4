using System.Globalization;
using System.Text.Json;
using GossipSim.Analysis;

namespace GossipSim.Tests.Analysis;

/// <summary>Lists of integers with values from independent, exact implementations.</summary>
internal static class OpenCase
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Analysis", "OpenCases");

    public static readonly string[] Fitted =
    [
        "ba-m2-n8000.txt",
        "ba-m4-n2000.txt",
        "geometric-mean12-n5000.txt",
        "poisson-8-n5000.txt",
        "zeta-a2.3-xmin2-n3000.txt",
    ];

    public static int[] Values(string name) =>
        [.. Lines(name).Select(line => int.Parse(line, CultureInfo.InvariantCulture))];

    public static string[] Lines(string name) => File.ReadAllLines(Path.Combine(Folder, name));

    public static JsonElement Expected(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "expected.json")));
        return document.RootElement.GetProperty(name).Clone();
    }

    /// <summary>More lists, as pairs of value and count, with what their rivals should be found to be.</summary>
    public static IReadOnlyList<JsonElement> Rivals() => Cases("rivals.json");

    /// <summary>Public data sets, as pairs of value and count, with the fit and the p-value published for them.
    /// </summary>
    public static IReadOnlyList<JsonElement> Published() => Cases("published.json");

    /// <summary>The list that the pairs of a case stand for.</summary>
    public static long[] ValuesOf(JsonElement listed) =>
    [
        .. listed.GetProperty("values").EnumerateArray()
            .SelectMany(pair => Enumerable.Repeat(pair[0].GetInt64(), pair[1].GetInt32())),
    ];

    private static List<JsonElement> Cases(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, file)));
        return [.. document.RootElement.EnumerateArray().Select(each => each.Clone())];
    }

    /// <summary>A comparison by the name that JSON has for it.</summary>
    public static RivalComparison Of(RivalComparisons comparisons, string name) => name switch
    {
        "exponential" => comparisons.Exponential,
        "poisson" => comparisons.Poisson,
        "logNormal" => comparisons.LogNormal,
        "stretchedExponential" => comparisons.StretchedExponential,
        "truncatedPowerLaw" => comparisons.TruncatedPowerLaw,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such rival"),
    };

    public static double Number(this JsonElement element, string property) =>
        element.GetProperty(property).GetDouble();
}
