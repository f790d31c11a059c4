using GossipSim.Analysis;

namespace GossipSim.Scenarios.Results;

/// <summary>Figures as files: SVG, and PNG beside it where the system can draw one.</summary>
internal static class FigureFiles
{
    public static void Write(string folder, IReadOnlyList<DrawnFigure> figures)
    {
        Directory.CreateDirectory(folder);
        foreach (var figure in figures)
        {
            var stem = Path.Combine(folder, figure.Figure.Name);
            File.WriteAllText(stem + ".svg", figure.Svg);
            WritePng(figure.Svg, stem + ".png");
        }
    }

    // Drawn in memory first: where the system cannot draw, no empty file stays behind.
    private static void WritePng(string svg, string path)
    {
        using var image = new MemoryStream();
        if (PngFigureWriter.TryWrite(svg, image, scale: 2, out _)) File.WriteAllBytes(path, image.ToArray());
    }
}
