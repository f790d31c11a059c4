using System.Globalization;
using System.Text.Json;

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

    public static double Number(this JsonElement element, string property) =>
        element.GetProperty(property).GetDouble();
}
