using GossipSim.Engine.Protocol;
using GossipSim.RealNet;

namespace GossipSim.Scenarios.Demo;

/// <summary>An input that a node of the simulated network handled, and all that it did.</summary>
internal sealed record DemoMoment(NodeAddress Node, Input Input, IReadOnlyList<Output> Outputs)
{
    public Instant Time => Input.Now;

    public IEnumerable<ProtocolEvent> Reports =>
        Outputs.Where(output => output.Kind == OutputKind.Reported).Select(output => output.Event);

    public bool Has(EventKind kind) => Reports.Any(report => report.Kind == kind);

    public bool Has(EventKind kind, NodeAddress about) =>
        Reports.Any(report => report.Kind == kind && report.About == about);

    public bool IsMessageFrom(NodeAddress node) => Input.Kind == InputKind.Message && Input.From == node;

    /// <summary>To whom it sent messages of a kind.</summary>
    public IEnumerable<(NodeAddress To, T Message)> Sent<T>()
        where T : Message => Outputs
            .Where(output => output is { Kind: OutputKind.Sent, Message: T })
            .Select(output => (output.About, (T)output.Message!));
}
