using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Protocols;

/// <summary>
/// What can be known from outside about the nodes of an own protocol: who runs, and what each measured.
/// </summary>
public sealed class ProtocolWorld
{
    private readonly HashSet<NodeAddress> live = [];
    private readonly Dictionary<string, SortedDictionary<NodeAddress, double>> values = [];

    internal ProtocolWorld()
    {
    }

    /// <summary>Scenario time of the latest event in seconds; negative before time 0.</summary>
    public double Seconds { get; internal set; }

    public int LiveNodes => live.Count;

    public bool IsUp(NodeAddress node) => live.Contains(node);

    /// <summary>The latest value that the process running at an address reported; null without one.</summary>
    public double? ValueOf(Metric metric, NodeAddress node) =>
        values.TryGetValue(metric.Name, out var known) && known.TryGetValue(node, out var value) ? value : null;

    /// <summary>The latest values of all nodes that run and reported one, in the order of addresses.</summary>
    public IReadOnlyCollection<double> LiveValues(Metric metric) =>
        values.TryGetValue(metric.Name, out var known) ? known.Values : [];

    internal void Observe(NodeAddress node, in ProtocolEvent e)
    {
        switch (e.Kind)
        {
            case EventKind.ProcessStarted:
                live.Add(node);
                break;
            case EventKind.ProcessCrashed or EventKind.Left:
                live.Remove(node);
                foreach (var known in values.Values) known.Remove(node);
                break;
            case EventKind.Measured when live.Contains(node):
                Set((Metric)e.Detail!, node, Metric.ValueOf(e));
                break;
        }
    }

    private void Set(Metric metric, NodeAddress node, double value)
    {
        if (!values.TryGetValue(metric.Name, out var known)) values.Add(metric.Name, known = []);
        known[node] = value;
    }
}
