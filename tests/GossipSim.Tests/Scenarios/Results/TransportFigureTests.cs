using System.Text.Json.Nodes;
using GossipSim.RealNet;
using GossipSim.Scenarios.Results;
using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Results;

/// <summary>
/// All that was refused, dropped and slowed is told: in full in the files, on the console what happened.
/// </summary>
[TestFixture]
internal sealed class TransportFigureTests
{
    private static readonly NodeAddress peer = NodeAddress.Parse("127.0.0.1:7000");

    [Test]
    public void Refusals_of_the_transport_are_in_the_summary_by_reason_and_shown_where_there_are_any()
    {
        var counters = new TrafficCounters(10, 9, 800, 700, 3, 2, new Dictionary<string, long>
        {
            ["WRONG_SENDER"] = 5, ["LINE_TOO_LONG"] = 4,
        })
        {
            Throttled = 0,
            LinksBroken = 1,
        };
        var result = ResultOf(RecordedRun.WithLineOf(2), TransportSummary.Of(counters));

        var json = JsonNode.Parse(SummaryJson.Write(result.Summary))!["transport"]!;
        Assert.That(json["framesSent"]!.GetValue<long>(), Is.EqualTo(10));
        Assert.That(json["bytesReceived"]!.GetValue<long>(), Is.EqualTo(700));
        Assert.That(json["messagesDropped"]!.GetValue<long>(), Is.EqualTo(3));
        Assert.That(json["linksBroken"]!.GetValue<long>(), Is.EqualTo(1));
        Assert.That(json["refused"]!.ToJsonString(), Is.EqualTo("""{"LINE_TOO_LONG":4,"WRONG_SENDER":5}"""));
        var figures = KeyFigure.Of(result).Where(figure => figure.Group == "Refused").ToList();
        var brief = figures.Where(figure => figure.InBrief).Select(figure => (figure.Name, figure.Value));
        Assert.That(brief, Is.EqualTo(new[]
        {
            ("Connections: LINE_TOO_LONG", "4"), ("Connections: WRONG_SENDER", "5"), ("Messages dropped", "3"),
            ("Connections cut", "1"),
        }));
        Assert.That(figures.Select(figure => figure.Name), Does.Contain("Connections slowed"), "the report tells all");
    }

    [Test]
    public void What_nodes_refuse_is_counted_by_reason_on_either_network()
    {
        var run = RecordedRun.WithLineOf(2);
        var gossip = new Gossip("1:127.0.0.1:7001:1", NodeAddress.Parse("127.0.0.1:7001"), 1, 1, "x");
        Tell(EventKind.GossipRefused, new GossipRefusal(gossip, "Forged"));
        Tell(EventKind.GossipRefused, new GossipRefusal(gossip, "Forged"));
        Tell(EventKind.GossipRefused, new GossipRefusal(gossip, "Old"));
        Tell(EventKind.RegistrationDenied, new RegisterNack(RefusalReason.AddrInUse, 500));
        Tell(EventKind.ReportRefused, null);

        var result = ResultOf(run, transport: null);

        var json = JsonNode.Parse(SummaryJson.Write(result.Summary))!;
        Assert.That(json["transport"], Is.Null);
        Assert.That(json["refusals"]!.ToJsonString(), Is.EqualTo(
            """{"gossip":{"forged":2,"old":1},"registrations":{"addrInUse":1},"reports":1}"""));
        Assert.That(
            KeyFigure.Of(result).Where(figure => figure is { Group: "Refused", InBrief: true })
                .Select(figure => figure.Name),
            Is.EqualTo(new[] { "Gossip: forged", "Gossip: old", "Reports of deaths" }));

        void Tell(EventKind kind, object? detail) =>
            run.Record.Report(peer, Instant.FromSeconds(1), new ProtocolEvent(kind, Detail: detail));
    }

    [Test]
    public void A_quiet_run_shows_none_of_it_on_the_console() =>
        Assert.That(KeyFigure.Of(ResultOf(RecordedRun.WithLineOf(2), TransportSummary.Of(
            new TrafficCounters(1, 1, 1, 1, 0, 1, new Dictionary<string, long>()))))
            .Where(figure => figure is { Group: "Refused", InBrief: true }), Is.Empty);

    private static RunResult ResultOf(RecordedRun run, TransportSummary? transport) =>
        RunResult.Conclude(run.MeasureAt(30), RecordedRun.Ending with { Transport = transport });
}
