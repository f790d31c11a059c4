using System.CommandLine;
using System.Net;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Pages;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>Where a command serves its page.</summary>
/// <param name="portName">The option's name, where <c>--port</c> would be misunderstood.</param>
internal sealed class PageOnCommand(string portName = "--port")
{
    private readonly Option<int> port = new(portName)
    {
        Description = "The port of the page; 0 takes a free one.",
        HelpName = "N",
    };

    private readonly Option<string> listen = new("--listen")
    {
        Description = "The address of this machine at which others may watch the page.",
        HelpName = "ADDRESS",
        DefaultValueFactory = _ => IPAddress.Loopback.ToString(),
    };

    private readonly Option<string[]> allowHost = new("--allow-host")
    {
        Description = "One more name by which browsers may ask for the page, such as that of a proxy; may be repeated.",
        HelpName = "NAME",
        AllowMultipleArgumentsPerToken = false,
    };

    public IEnumerable<Option> All => [port, listen, allowHost];

    public PageOnCommand AddTo(Command command)
    {
        command.Add(port);
        command.Add(listen);
        command.Add(allowHost);
        return this;
    }

    /// <exception cref="UsageException">There is no such port or address.</exception>
    public PageOptions Read(ParseResult parsed, string startPage)
    {
        var number = parsed.GetValue(port);
        if (number is < 0 or > NodePlaces.LargestPort)
            throw new UsageException($"{port.Name}: found {number}, allowed are ports from 1 to 65535, or 0");
        var hosts = parsed.GetValue(allowHost) ?? [];
        if (hosts.FirstOrDefault(host => !HostNames.IsName(host)) is { } wrong)
        {
            throw new UsageException(
                $"{allowHost.Name}: found \"{wrong}\", allowed is the name of a host without a port, as lab7.example");
        }

        var text = parsed.GetValue(listen)!;
        return IPAddress.TryParse(text, out var address)
            ? new PageOptions { StartPage = startPage, Port = number, Listen = address, AllowedHosts = hosts }
            : throw new UsageException($"{listen.Name}: found \"{text}\", allowed is an address such as 192.168.1.20");
    }

    /// <summary>Whether the user said where; for commands that serve a page only when asked to.</summary>
    public bool IsGiven(ParseResult parsed) =>
        All.Any(option => parsed.GetResult(option) is { Implicit: false });
}
