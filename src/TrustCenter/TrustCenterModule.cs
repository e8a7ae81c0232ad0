using System.Globalization;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TrustCenter.Agreements;
using TrustCenter.Api;
using TrustCenter.Claims;
using TrustCenter.Deals;
using TrustCenter.Engine;
using TrustCenter.Evidence;
using TrustCenter.Import;
using TrustCenter.Journal;
using TrustCenter.Keys;
using TrustCenter.Links;
using TrustCenter.Mail;
using TrustCenter.Operation;
using TrustCenter.Pages;
using TrustCenter.Prospects;
using TrustCenter.Records;
using TrustCenter.Redis;
using TrustCenter.Requests;
using TrustCenter.Rooms;
using TrustCenter.Settings;
using TrustCenter.Staff;
using TrustCenter.Store;
using TrustCenter.Subprocessors;
using TrustCenter.Tenants;
using TrustCenter.Web;

namespace TrustCenter;

/// <summary>The module: <see cref="AddTrustCenter"/> registers it, <see cref="MapTrustCenter"/> maps its routes.</summary>
public static class TrustCenterModule
{
    /// <summary>Registers the trust center. Settings come from the section <c>TrustCenter</c>, then from <paramref name="configure"/>.</summary>
    public static IHostApplicationBuilder AddTrustCenter(this IHostApplicationBuilder builder, Action<TrustCenterOptions>? configure = null)
    {
        DeniedVersions.Refuse();
        var services = builder.Services;
        services.AddOptions<TrustCenterOptions>().Bind(builder.Configuration.GetSection(TrustCenterOptions.Section)).Configure(o => configure?.Invoke(o))
            .PostConfigure(o => { foreach (var provider in o.SignIn) provider.ReadEntra(builder.Configuration); }).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TrustCenterOptions>, TrustCenterOptionsCheck>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new Paths(""));
        AddCore(services);
        services.AddRazorComponents();
        services.AddSingleton<StaffSession>();
        services.AddSingleton<DemoStaff>();
        services.AddStaffSignIn();
        services.AddAuthentication().AddCookie(StaffSession.Scheme);
        services.AddOptions<CookieAuthenticationOptions>(StaffSession.Scheme).Configure<HostKeys>(StaffSession.Configure);
        services.AddSingleton<OpenApiText>();
        services.AddSingleton<LinkForm>();
        services.AddSingleton<LinkList>();
        services.AddSingleton<RequestDesk>();
        services.AddSingleton<RequestQueue>();
        services.AddSingleton<RequestGrant>();
        services.AddSingleton<RequestView>();
        services.AddSingleton<SummaryWriter>();
        services.AddSingleton<LinkDoor>();
        services.AddSingleton<CodeDesk>();
        services.AddSingleton<HeldRooms>();
        services.AddSingleton<ShownRooms>();
        services.AddSingleton<RoomWay>();
        services.AddSingleton<RoomView>();
        services.AddSingleton<StandingClaims>();
        services.AddSingleton<BatchRun>();
        services.AddSingleton<VisitRecorder>();
        services.AddHostedService(provider => provider.GetRequiredService<VisitRecorder>());
        services.AddHostedService<RedisSignals>();
        services.AddHostedService<ChangeFollower>();
        services.AddHostedService<CheckpointWorker>();
        services.AddHostedService<CompileWorker>();
        services.AddHostedService<MailWorker>();
        services.AddHostedService<SweepWorker>();
        services.AddHostedService<ImportWorker>();
        services.AddHostedService<ScheduleWorker>();
        services.AddOperatorPages();
        services.AddSettings();
        return builder;
    }

    // What decisions need, without the web: the import command uses the same.
    private static void AddCore(IServiceCollection services)
    {
        services.AddSingleton(provider => HostKeys.FromFolder(Path.Combine(Folder(provider), "keys"), mayCreate: !File.Exists(DatabaseFile(provider))));
        services.AddSingleton<ChangeSignal>();
        services.AddSingleton<RedisLink>();
        services.AddSingleton(StoreOf);
        services.AddSingleton<Leases>();
        services.AddSingleton<IEngine, InProcessEngine>();
        services.AddSingleton(provider => (IStateMemory)provider.GetRequiredService<IEngine>());
        services.AddSingleton<TenantDirectory>();
        services.AddSingleton<HostRegister>();
        services.AddSingleton<FileStore>();
        services.AddSingleton<FileQuota>();
        services.AddSingleton<ChunkCache>();
        services.AddSingleton<FileAlarm>();
        services.AddSingleton<EvidenceIntake>();
        services.AddSingleton<ImportEvidence>();
        services.AddSingleton<ImportFiles>();
        services.AddSingleton<ImportRunner>();
        services.AddSingleton<FolderImport>();
        services.AddSingleton<ImportTranslations>();
        services.AddSingleton<StandingContent>();
        services.AddSingleton<ExportCommand>();
        services.AddSingleton<ImportRun>();
        services.AddSingleton<ImportCommand>();
        services.AddSingleton<PersonalRecords>();
        services.AddSingleton<TenantKeys>();
        services.AddSingleton<JournalLog>();
        services.AddSingleton<MailQueue>();
        services.AddSingleton<AskFlood>();
        services.AddSingleton<AskLimits>();
        services.AddSingleton<IdleClock>();
        services.AddSingleton<Gate>();
        services.AddPages();
        services.AddOperation();
    }

    private static IStore StoreOf(IServiceProvider provider)
    {
        var keys = provider.GetRequiredService<HostKeys>();
        return provider.GetRequiredService<IOptions<TrustCenterOptions>>().Value.Postgres is { } shared
            ? new PostgresStore(shared, keys) { Raised = provider.GetRequiredService<ChangeSignal>().Own.Give }
            : new SqliteStore(DatabaseFile(provider), keys);
    }

    private static string Folder(IServiceProvider provider) => provider.GetRequiredService<IOptions<TrustCenterOptions>>().Value.DataFolder;

    private static string DatabaseFile(IServiceProvider provider)
    {
        Directory.CreateDirectory(Folder(provider));
        RestoreFiles.RefuseHalf(Folder(provider));
        return Path.Combine(Folder(provider), "trustcenter.db");
    }

    /// <summary>Maps everything below <paramref name="prefix"/> and returns the group, so that the vendor's app can add its own conventions.</summary>
    public static RouteGroupBuilder MapTrustCenter(this IEndpointRouteBuilder app, string prefix = "")
    {
        app.ServiceProvider.GetRequiredService<Paths>().Map(prefix);
        var root = app.MapGroup(prefix);
        root.AddEndpointFilter<FailureDoor>();
        var vendor = root.MapGroup("");
        vendor.AddEndpointFilter<VendorDoor>();
        vendor.MapPages();
        vendor.MapShare();
        vendor.MapRooms();
        vendor.MapRequests();
        var platform = root.MapGroup("");
        platform.AddEndpointFilter<PlatformDoor>();
        platform.MapSignIn();
        platform.MapStaffSignIn();
        platform.MapMailbox();
        platform.MapApi();
        platform.MapOperator();
        var console = platform.MapGroup("/console");
        console.AddEndpointFilter<StaffDoor>();
        console.MapToday();
        console.MapStaff();
        console.MapClaims();
        console.MapDrafts();
        console.MapEvidence();
        console.MapLinks();
        console.MapAnswers();
        console.MapAgreement();
        console.MapViews();
        console.MapDeals();
        console.MapImports();
        console.MapJournal();
        console.MapApiKeys();
        console.MapSettings();
        console.MapSubprocessors();
        root.MapFallback("{*path}", Answers.Nothing).For(Reader.Anybody);
        ((IEndpointConventionBuilder)root).Finally(InvariantCulture);
        ((IEndpointConventionBuilder)root).Finally(BodyIsOurs);
        return root;
    }

    // The generated binding cannot know which parameters are services, and takes each route that has some for one that reads JSON.
    private static void BodyIsOurs(EndpointBuilder endpoint)
    {
        foreach (var accepts in endpoint.Metadata.OfType<Microsoft.AspNetCore.Http.Metadata.IAcceptsMetadata>().ToList()) endpoint.Metadata.Remove(accepts);
    }

    // Dates and numbers are written the same for everybody, whatever culture the vendor's app works in.
    private static void InvariantCulture(EndpointBuilder endpoint)
    {
        var next = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = context =>
        {
            if (!ReferenceEquals(CultureInfo.CurrentCulture, CultureInfo.InvariantCulture)) CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            return next(context);
        };
    }

    /// <summary>Maps the few addresses that standards put at the root of a host, whatever the prefix: <c>/.well-known/security.txt</c> (RFC 9116).</summary>
    public static void MapTrustCenterWellKnown(this IEndpointRouteBuilder app)
    {
        var root = app.MapGroup("");
        root.AddEndpointFilter<FailureDoor>();
        root.AddEndpointFilter<VendorDoor>();
        root.MapWellKnown();
    }

    /// <summary>Live: the process answers. Ready: the database is read and takes writes too. Both say <c>ok</c> and nothing else (ABUSE T-131).</summary>
    public static void MapTrustCenterHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => "ok").For(Reader.Machine);
        app.MapGet("/health/ready", async (IStore store, CancellationToken stop) =>
        {
            try
            {
                await store.Write(sql => sql.Execute("update heads set journal = journal where tenant = @nobody", ("@nobody", Guid.Empty)), stop); // refused where it may only be read, and writes nothing
                return Results.Text("ok");
            }
            catch (StoreException) { return Results.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable); }
        }).For(Reader.Machine);
    }
}
