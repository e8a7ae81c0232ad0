await YourApp.Site.Build(args).RunAsync();
