using System.CommandLine;
using GossipSim.Scenarios.Pages;

namespace GossipSim.Scenarios.CommandLine;

/// <summary><c>--dashboard</c>: whether a command shows its network on a page, and where.</summary>
internal sealed class DashboardOptions
{
    public const string Name = "--dashboard";

    private const string Port = "--dashboard-port";

    private const string StartPage = "dashboard.html";

    private readonly Option<bool> isWanted = new(Name) { Description = "Show the network live on a page." };

    private readonly PageOnCommand where = new(Port);

    public DashboardOptions AddTo(Command command)
    {
        command.Add(isWanted);
        where.AddTo(command);
        return this;
    }

    /// <summary>What was typed of it, as it can be typed again.</summary>
    public IEnumerable<string> Typed(ParseResult parsed) =>
        NodeSettingOptions.Typed(parsed, [isWanted, .. where.All]);

    /// <returns>Null when no page is wanted.</returns>
    /// <exception cref="UsageException">Where it shall be makes no sense.</exception>
    public PageOptions? Read(ParseResult parsed)
    {
        if (parsed.GetValue(isWanted)) return where.Read(parsed, StartPage);
        if (where.IsGiven(parsed)) throw new UsageException($"{Port}, --listen and --allow-host: they need {Name}");
        return null;
    }
}
