using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Protocols;

/// <summary>
/// A protocol that users write. Derive from <see cref="OwnProtocol{TParameters}"/>; README.md beside this file walks
/// through it.
/// </summary>
public abstract class OwnProtocol
{
    /// <summary>Only the generic class derives from this one: it says what the parameters are.</summary>
    private protected OwnProtocol()
    {
    }

    /// <summary>What a scenario calls it: <c>"protocol": { "name": "pushPullAverage" }</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What its nodes send: sealed records that derive from <see cref="Message"/>.</summary>
    public abstract IReadOnlyList<Type> Messages { get; }

    /// <summary>What its nodes report; expectations may speak of these and of no others.</summary>
    public virtual IReadOnlyList<Metric> Metrics => [];

    internal abstract Type ParametersType { get; }

    internal abstract Node CreateNode(NodeStart start, ProtocolSetup setup, object parameters);

    internal abstract IReadOnlyList<OwnInvariant> CreateInvariants(object parameters);
}

/// <typeparam name="TParameters">
/// What a scenario may set under <c>parameters</c>: a record whose properties have defaults. Ranges, words and
/// descriptions are attributes, as in the scenario's own records.
/// </typeparam>
public abstract class OwnProtocol<TParameters> : OwnProtocol
    where TParameters : class
{
    internal sealed override Type ParametersType => typeof(TParameters);

    /// <summary>The node of a starting process.</summary>
    protected abstract Node Create(NodeStart start, ProtocolSetup setup, TParameters parameters);

    /// <summary>New ones for each run: they remember what they saw.</summary>
    protected virtual IReadOnlyList<OwnInvariant> Invariants(TParameters parameters) => [];

    internal sealed override Node CreateNode(NodeStart start, ProtocolSetup setup, object parameters) =>
        Create(start, setup, (TParameters)parameters);

    internal sealed override IReadOnlyList<OwnInvariant> CreateInvariants(object parameters) =>
        Invariants((TParameters)parameters);
}

/// <summary>For protocols without parameters.</summary>
public sealed record NoParameters;
