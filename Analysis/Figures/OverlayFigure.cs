using static GossipSim.Analysis.FigureWords;

namespace GossipSim.Analysis;

/// <summary>A peer of the drawing; one that crashed is drawn with the links that it had then.</summary>
/// <param name="Links">How many links the tables of the run give to it.</param>
public readonly record struct DrawnPeer(string Name, bool Crashed, int Links);

/// <summary>
/// The overlay as a drawing: linked peers lie near each other, a peer with more links is larger, crashed ones are
/// crosses. The peers with most links and those that crashed have their names beside them.
/// </summary>
public static class OverlayFigure
{
    private const int NamedPeers = 5;

    /// <summary>So many cover each other, and each is fainter.</summary>
    private const int ManyLinks = 1000;

    /// <param name="links">By the places of the peers in the list.</param>
    public static Figure Create(IReadOnlyList<DrawnPeer> peers, IReadOnlyList<(int A, int B)> links)
    {
        (double X, double Y)[] places = ForceLayout.Place(peers.Count, links);
        int hub = Math.Max(2, (int)Math.Ceiling(0.5 * peers.Select(peer => peer.Links).DefaultIfEmpty(0).Max()));
        int crashed = peers.Count(peer => peer.Crashed);
        return new Figure
        {
            Name = "overlay-drawing",
            Title = "The overlay: who is linked with whom?",
            Subtitle = Say($"{Count(peers.Count - crashed, "live peer", "live peers")} at the end")
                + (crashed == 0 ? "" : Say($", {crashed:#,0} crashed with the links of that moment"))
                + Say($", {Count(links.Count, "link", "links")}"),
            Caption = "Linked peers pull each other together and all push each other apart; places and directions mean "
                + "nothing beyond that. The area of a mark grows with the number of links. Seed nodes are no part of "
                + "the overlay.",
            Panel = new Panel
            {
                Height = 560,
                X = new Axis("") { Hidden = true },
                Y = new Axis("") { Hidden = true },
                Series = AllSeries(peers, links, places, hub),
                Notes = [.. Notes(peers)],
            },
        };
    }

    private static List<Series> AllSeries(
        IReadOnlyList<DrawnPeer> peers, IReadOnlyList<(int A, int B)> links, (double X, double Y)[] places, int hub)
    {
        double most = Math.Max(1, peers.Select(peer => peer.Links).DefaultIfEmpty(1).Max());
        double unit = peers.Count <= 300 ? 13 : 10;
        double Radius(int peer) => Math.Max(1.6, unit * Math.Sqrt(peers[peer].Links / most));
        SizedPoint Point(int peer) => new(places[peer].X, places[peer].Y, Radius(peer));
        SizedPoint[] Those(Func<int, bool> chosen) =>
            [.. Enumerable.Range(0, peers.Count).Where(chosen).Select(Point)];
        Segment Line((int A, int B) link) => new(
            new PlotPoint(places[link.A].X, places[link.A].Y), new PlotPoint(places[link.B].X, places[link.B].Y));
        bool IsDead((int A, int B) link) => peers[link.A].Crashed || peers[link.B].Crashed;
        double opacity = links.Count > ManyLinks ? 0.18 : 0.32;

        var series = new List<Series>
        {
            new SegmentSeries(
                "link", new SeriesStyle(PaletteColor.Neutral), [.. links.Where(link => !IsDead(link)).Select(Line)],
                opacity),
            new SizedPointSeries(
                "peer", new SeriesStyle(PaletteColor.Blue),
                Those(peer => !peers[peer].Crashed && peers[peer].Links < hub)),
            new SizedPointSeries(
                Say($"peer with {hub} links or more"), new SeriesStyle(PaletteColor.Orange),
                Those(peer => !peers[peer].Crashed && peers[peer].Links >= hub)),
        };
        if (peers.Any(peer => peer.Crashed))
        {
            series.Insert(1, new SegmentSeries(
                "link of a crashed peer", new SeriesStyle(PaletteColor.Vermillion, LineDash.Dashed),
                [.. links.Where(IsDead).Select(Line)], 2.5 * opacity));
            series.Add(new SizedPointSeries(
                "crashed peer", new SeriesStyle(PaletteColor.Vermillion, Mark: MarkShape.Cross),
                Those(peer => peers[peer].Crashed)));
        }
        series.Add(new NameSeries(
            new SeriesStyle(PaletteColor.Neutral),
            [
                .. MostLinked(peers, crashed: false).Concat(MostLinked(peers, crashed: true)).Select(peer =>
                    new PlacedName(peers[peer].Name, places[peer].X, places[peer].Y, Radius(peer))),
            ]));
        return series;
    }

    private static IEnumerable<Note> Notes(IReadOnlyList<DrawnPeer> peers)
    {
        foreach ((string heading, bool crashed) in new[] { ("most links", false), ("at its crash", true) })
        {
            List<int> named = MostLinked(peers, crashed);
            if (named.Count > 0) yield return Note.Heading(heading);
            foreach (int peer in named) yield return new Note(Say($"{peers[peer].Name}: {peers[peer].Links}"));
        }
    }

    private static List<int> MostLinked(IReadOnlyList<DrawnPeer> peers, bool crashed) =>
    [
        .. Enumerable.Range(0, peers.Count).Where(peer => peers[peer].Crashed == crashed)
            .OrderByDescending(peer => peers[peer].Links).ThenBy(peer => peers[peer].Name, StringComparer.Ordinal)
            .Take(NamedPeers),
    ];
}
