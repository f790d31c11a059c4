using GossipSim.Analysis;

namespace GossipSim.Scenarios.Results;

/// <summary>Figures as files: <c>name.svg</c>, <c>name.png</c>, and their numbers in <c>name.csv</c>.</summary>
internal static class FigureFiles
{
    public static void Write(string folder, IReadOnlyList<Figure> figures)
    {
        Directory.CreateDirectory(folder);
        Parallel.ForEach(figures, figure => Write(folder, figure));
    }

    public static void Write(string folder, Figure figure)
    {
        var stem = Path.Combine(folder, figure.Name);
        File.WriteAllText(stem + ".svg", FigureWriter.Svg(figure));
        File.WriteAllBytes(stem + ".png", FigureWriter.Png(figure));
        using var csv = File.CreateText(stem + ".csv");
        FigureCsv.Write(csv, figure);
    }
}
